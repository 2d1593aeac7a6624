import type { RowTargets } from "./dtypes.ts";

/** The (row, class) pairs that have weight, ascending, the negative class first. One entry a pair. */
export interface ClassPairs {
  readonly row: Int32Array;
  /** 1 for the positive class. */
  readonly positive: Uint8Array;
  readonly weight: Float64Array;
}

/** Unfolds weighted rows into what they have of each class. */
export function classPairs({ sum, weight }: RowTargets): ClassPairs {
  const height = weight.length;
  const row = new Int32Array(2 * height);
  const positive = new Uint8Array(2 * height);
  const pairWeight = new Float64Array(2 * height);
  let pairs = 0;
  for (let r = 0; r < height; r++) {
    const ofPositive = sum[r] as number;
    const ofNegative = (weight[r] as number) - ofPositive;
    if (ofNegative > 0) {
      row[pairs] = r;
      pairWeight[pairs++] = ofNegative;
    }
    if (ofPositive > 0) {
      row[pairs] = r;
      positive[pairs] = 1;
      pairWeight[pairs++] = ofPositive;
    }
  }
  return {
    row: row.slice(0, pairs),
    positive: positive.slice(0, pairs),
    weight: pairWeight.slice(0, pairs),
  };
}
