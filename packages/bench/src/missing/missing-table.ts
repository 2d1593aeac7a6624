import type { FoldScore, FoldScores } from "../scoring/score-folds.ts";
import { WAY_TITLES, WAYS } from "./predict-missing.ts";
import type { Way } from "./predict-missing.ts";

/** A scenario's scores, by way. */
export interface MissingRow {
  readonly title: string;
  readonly scores: Readonly<Record<Way, FoldScores>>;
}

/** The table in Markdown: accuracy in per cent with its standard error, and log loss. */
export function missingTable(rows: readonly MissingRow[]): string {
  const lines = [
    ["missing", ...WAYS.map((way) => WAY_TITLES[way])],
    ["---", ...WAYS.map(() => "---")],
    ...rows.map(({ title, scores }) => [
      title,
      ...WAYS.map((way) => cell(scores[way].accuracy, scores[way].logLoss)),
    ]),
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function cell(accuracy: FoldScore, logLoss: FoldScore): string {
  const percent = (share: number): string => (100 * share).toFixed(2);
  return `${percent(accuracy.value)} ± ${percent(accuracy.standardError)}; ${logLoss.value.toFixed(4)}`;
}

const START = "<!-- written by pnpm bench missing -->";
const END = "<!-- end -->";

/**
 * The page with its table replaced.
 *
 * @throws RangeError for a page without the marks
 */
export function replaceTable(page: string, table: string): string {
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start < 0 || end < start) throw new RangeError(`The page lacks ${START} and ${END}`);
  return `${page.slice(0, start + START.length)}\n\n${table}\n\n${page.slice(end)}`;
}
