import type { CategoricalColumn, NumericColumn } from "@gillnet/entity";
import type { IngestedPart } from "@gillnet/table";

/** A dictionary-encoded column of texts; null is missing. */
export function categorical(name: string, texts: readonly (string | null)[]): CategoricalColumn {
  const categories = [...new Set(texts.filter((text) => text !== null))].sort();
  return {
    kind: "categorical",
    name,
    codes: Int32Array.from(texts, (text) => (text === null ? -1 : categories.indexOf(text))),
    categories,
  };
}

/** A column of numbers; null is missing. */
export function numeric(name: string, values: readonly (number | null)[]): NumericColumn {
  return { kind: "numeric", name, values: Float64Array.from(values, (value) => value ?? NaN) };
}

interface PartOptions {
  readonly weights?: readonly number[];
  readonly groups?: readonly number[];
  /** Source row of the first row; the others follow. */
  readonly firstSourceRow?: number;
}

/** A part as `readIngestedPart` gives it, from a class a row and its columns. */
export function ingestedPart(
  classes: readonly (0 | 1)[],
  columns: IngestedPart["table"]["columns"],
  options: PartOptions = {},
): IngestedPart {
  const first = options.firstSourceRow ?? 1;
  return {
    table: { columns, rowCount: classes.length },
    labels: {
      kind: "categorical",
      name: "label",
      codes: Int32Array.from(classes),
      categories: ["0", "1"],
    },
    classes: Uint8Array.from(classes),
    weights: Float64Array.from(options.weights ?? classes.map(() => 1)),
    sourceRows: Float64Array.from(classes, (_, row) => first + row),
    groups: Float64Array.from(options.groups ?? classes.map((_, row) => row)),
  };
}
