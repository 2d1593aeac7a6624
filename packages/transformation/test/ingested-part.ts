import { classOfLabel } from "@gillnet/entity";
import type { CategoricalColumn, DatasetSchema, NumericColumn } from "@gillnet/entity";
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

/** A part as `readIngestedPart` gives it; its rows are their own groups and come from source rows 1, 2, ... */
export function ingestedPart(
  schema: DatasetSchema,
  labels: readonly string[],
  columns: IngestedPart["table"]["columns"],
  weights: readonly number[] = labels.map(() => 1),
): IngestedPart {
  return {
    table: { columns, rowCount: labels.length },
    labels: categorical(schema.label.column, labels),
    classes: Uint8Array.from(labels, (label) => classOfLabel(schema.label, label) ?? NaN),
    weights: Float64Array.from(weights),
    sourceRows: Float64Array.from(labels, (_, row) => row + 1),
    groups: Float64Array.from(labels, (_, row) => 100 + row),
  };
}
