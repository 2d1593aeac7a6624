import type { RowMajorF64 } from "@gillnet/entity";
import type { LabelledMatrix } from "@gillnet/trainer";
import type { NpyMatrix } from "../data/npy.ts";

/** The matrix as the trainer takes it, made while loading: its seconds are not counted, its memory is. */
export function labelledMatrix(x: NpyMatrix, labels: Uint8Array): LabelledMatrix {
  const features = Array.from({ length: x.cols }, (_, column) => ({
    kind: "numeric" as const,
    name: `column ${column + 1}`,
  }));
  return { x: asDoubles(x), labels, features };
}

/**
 * CONVERSION: the trainer takes doubles alone. Goes, with its other caller, when LabelledMatrix.x takes bytes and
 * floats as they are.
 */
export function asDoubles({ data, rows, cols }: NpyMatrix): RowMajorF64 {
  return { data: data instanceof Float64Array ? data : new Float64Array(data), rows, cols };
}
