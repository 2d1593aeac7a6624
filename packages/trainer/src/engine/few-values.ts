import type { InputFeature } from "@gillnet/model-bundle";

import { MAX_VALUE_BINS } from "./dtypes.ts";
import type { RowMajorNumbers } from "./dtypes.ts";
import * as H from "./rows/header.ts";
import { RowBlocks } from "./rows/row-blocks.ts";
import { RowKernel } from "./rows/row-kernel.ts";

/** What is known of a numeric column after one pass. */
export interface FewValues {
  /** The distinct numbers, ascending; null when they are more than 254. */
  readonly values: Float64Array | null;
  readonly hasMissing: boolean;
}

/**
 * Collects the distinct values of every numeric column, as long as they are few; -0 is 0. One entry a column, of no
 * meaning for a categorical one. O(cells).
 */
export function findFewValues(
  x: RowMajorNumbers,
  features: readonly InputFeature[],
): readonly FewValues[] {
  return RowKernel.use((kernel) =>
    x.data instanceof Uint8Array ? valuesOfBytes(kernel, x) : valuesOfNumbers(kernel, x, features),
  );
}

function valuesOfBytes(kernel: RowKernel, x: RowMajorNumbers): readonly FewValues[] {
  const { cols } = x;
  const at = kernel.reserve(cols * H.BYTES);
  const marks = kernel.u8(at, cols * H.BYTES).fill(0);
  const blocks = new RowBlocks(kernel, x, true);
  blocks.forEach((_, count) => kernel.run.scanBytes(blocks.at, count, cols, at));
  return Array.from({ length: cols }, (_, column) => {
    const values: number[] = [];
    for (let value = 0; value < H.BYTES; value++) {
      if (marks[column * H.BYTES + value] === 1) values.push(value);
    }
    return fewValues(Float64Array.from(values), false);
  });
}

function valuesOfNumbers(
  kernel: RowKernel,
  x: RowMajorNumbers,
  features: readonly InputFeature[],
): readonly FewValues[] {
  const { cols } = x;
  const sets = kernel.reserve(cols * H.SET_BYTES);
  // All bits set are not a number.
  kernel.u8(sets, cols * H.SET_BYTES).fill(255);
  const addressOf = (column: number): number => sets + column * H.SET_BYTES;
  features.forEach(({ kind }, column) => {
    const about = kernel.u32(addressOf(column), H.SET_VALUES / 4).fill(0);
    about[H.SET_SKIPPED / 4] = Number(kind !== "numeric");
  });
  const blocks = new RowBlocks(kernel, x);
  blocks.forEach((_, count) => kernel.run.scanNumbers(blocks.at, count, cols, sets));
  return features.map((_, column) => {
    const about = kernel.u32(addressOf(column), H.SET_VALUES / 4);
    const values = kernel.f64(addressOf(column) + H.SET_VALUES, about[H.SET_SIZE / 4] as number);
    return fewValues(values.slice().sort(), about[H.SET_HAS_MISSING / 4] === 1);
  });
}

function fewValues(values: Float64Array, hasMissing: boolean): FewValues {
  return { values: values.length <= MAX_VALUE_BINS ? values : null, hasMissing };
}
