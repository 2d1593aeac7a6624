import { wrapText } from "./format.ts";
import type { Marks } from "./terminal.ts";

const WIDTH = 76;

/** A box around a title and its text, for what nobody may miss. */
export function formatBanner(title: string, text: string, marks: Marks): string {
  const [topLeft, topRight, bottomLeft, bottomRight, horizontal, vertical] = marks.box;
  const lines = [title, "", ...wrapText(text, WIDTH - 4)];
  return [
    topLeft + horizontal.repeat(WIDTH - 2) + topRight,
    ...lines.map((line) => `${vertical} ${line.padEnd(WIDTH - 4)} ${vertical}`),
    bottomLeft + horizontal.repeat(WIDTH - 2) + bottomRight,
  ].join("\n");
}
