import type { RowMajorF64 } from "@gillnet/entity";
import type { LabelledMatrix } from "@gillnet/trainer";
import type { NpyMatrix } from "../data/npy.ts";

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
