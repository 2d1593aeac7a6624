import type { RowMajorF64 } from "@gillnet/entity";
import type { LabelledMatrix } from "@gillnet/trainer";
import { readBytes, readNpyMatrix } from "../data/npy.ts";
import type { NpyMatrix } from "../data/npy.ts";
import type { LabelledTable } from "../data/real-table.ts";

/** A matrix and its labels as the trainer takes them, without a copy. */
export function labelledMatrix<X extends LabelledMatrix["x"]>(
  x: X,
  labels: Uint8Array,
): LabelledMatrix & { readonly x: X } {
  const features = Array.from({ length: x.cols }, (_, column) => ({
    kind: "numeric" as const,
    name: `column ${column + 1}`,
  }));
  return { x, labels, features };
}

/** The matrix as predictions take it: a copy, unless it holds doubles. */
export function asDoubles({ data, rows, cols }: NpyMatrix): RowMajorF64 {
  return { data: data instanceof Float64Array ? data : new Float64Array(data), rows, cols };
}

/** The same of a table. */
export function matrixOf({
  x,
  y,
  cols,
}: LabelledTable): LabelledMatrix & { readonly x: RowMajorF64 } {
  return labelledMatrix({ data: x, rows: y.length, cols }, y);
}

/** Reads rows and their labels. */
export async function readTable(x: string, y: string): Promise<LabelledTable> {
  const { data, cols } = asDoubles(await readNpyMatrix(x));
  return { x: data, y: await readBytes(y), cols };
}
