import type { CategoricalColumn } from "@gillnet/entity";
import { writeCsv } from "@gillnet/table";
import type { BrokenRule } from "./broken-rules.ts";

/** Writes every broken cell, one a line, by source row and then by rule: source_row, column, value, rule, allowed. */
export async function writeInvalidRows(path: string, rules: readonly BrokenRule[]): Promise<void> {
  const lines = rules
    .flatMap((rule) => rule.cells.map((cell) => ({ rule, cell })))
    .sort((a, b) => a.cell.sourceRow - b.cell.sourceRow);
  const column = (name: string, textOf: (line: (typeof lines)[number]) => string) =>
    encodeColumn(name, lines.map(textOf));
  await writeCsv(path, {
    rowCount: lines.length,
    columns: [
      {
        kind: "numeric",
        name: "source_row",
        values: Float64Array.from(lines, ({ cell }) => cell.sourceRow),
      },
      column("column", ({ rule }) => rule.column),
      column("value", ({ cell }) => cell.value),
      column("rule", ({ rule }) => rule.code),
      column("allowed", ({ rule }) => rule.allowed),
    ],
  });
}

/** A dictionary-encoded column of texts. */
function encodeColumn(name: string, texts: readonly string[]): CategoricalColumn {
  const categories = [...new Set(texts)].sort();
  const codeOf = new Map(categories.map((text, code) => [text, code]));
  return {
    kind: "categorical",
    name,
    codes: Int32Array.from(texts, (text) => codeOf.get(text) as number),
    categories,
  };
}
