import * as fc from "fast-check";
import { outputLines } from "../../src/training/output-lines.ts";

function linesOf(...pieces: string[]): string[] {
  const found: string[] = [];
  const lines = outputLines((line) => found.push(line));
  for (const piece of pieces) lines.push(piece);
  lines.end();
  return found;
}

test("however the text is cut, the lines are those of the whole", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom("a", "\n", "\u2028", "\r") })),
      (pieces) => {
        const whole = pieces.join("").split("\n");
        expect(linesOf(...pieces)).toEqual(whole.filter((line) => line !== ""));
      },
    ),
  );
});

test("a line without end is left out, and the next one is read", () => {
  const piece = "x".repeat(1_048_576);
  expect(linesOf("a\n", ...Array<string>(5).fill(piece), "\nb\n")).toEqual(["a", "b"]);
});
