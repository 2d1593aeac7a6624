import type { CategoricalColumn, Column, NumericColumn, Table } from "@gillnet/entity";

/** A numeric column; NaN is missing. */
export function numeric(name: string, values: readonly number[]): NumericColumn {
  return { kind: "numeric", name, values: Float64Array.from(values) };
}

/** A categorical column; null is missing. */
export function categorical(name: string, texts: readonly (string | null)[]): CategoricalColumn {
  const categories = [...new Set(texts.filter((text) => text !== null))].sort();
  return {
    kind: "categorical",
    name,
    codes: Int32Array.from(texts, (text) => (text === null ? -1 : categories.indexOf(text))),
    categories,
  };
}

export function tableOf(...columns: Column[]): Table {
  const first = columns[0];
  const rowCount =
    first === undefined ? 0 : (first.kind === "numeric" ? first.values : first.codes).length;
  return { columns, rowCount };
}
