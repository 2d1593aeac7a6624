import { IS_ENTROPY } from "../../src/engine/forest/header";
import { int } from "../header/words";
import { boundBetween, highest, isCategorical, lowest } from "./bins";
import { cost } from "./criterion";
import { FILLED, FILLED_BINS, GOES_LEFT, TRIED_LEFT } from "./scratch";
import { nextUint32, nextUniform } from "./random";
import { bestCost, fillOtherCategories, keepSplit, leastWeight, nodeSum, nodeWeight } from "./split";

let triedLeftBin: i32 = -1;
let triedRightBin: i32 = -1;
let triedBound: f64 = NaN;

/**
 * Draws one split of a column and tries it (Geurts, Ernst and Wehenkel 2006, "Extremely randomized trees";
 * scikit-learn's ExtraTreesClassifier).
 *
 * - Numeric columns: the bound is uniform between the lowest and the highest raw value that the node has, the
 *   highest excluded. Where the column has a bin a value, that is the law to the letter. A bin of several
 *   values is not cut: a bound that falls inside moves to the nearer end of the bin, but the node's lowest bin
 *   goes left and its highest right.
 * - Categorical columns: each category that the node has goes left with even chances, all drawn again while one
 *   side is empty. Categories that the node has none of go with the heavier child.
 * - Missing cells go to a side drawn with even chances. Where the values of the node are all one, the missing
 *   cells are parted from them when they are drawn to the right, and the column is passed over when to the left.
 *
 * A split with too light a child is passed over. Of equal costs the first one looked at stays. All as in
 * scikit-learn 1.9, which has no categorical columns and no bins of several values. Arguments as tryBestBound's.
 */
export function tryDrawnBound(column: i32, count: i32, missingSum: f64, missingWeight: f64): void {
  const hasMissing = missingWeight > 0;
  const missingLeft = hasMissing && nextUint32() >= 2147483648;
  // One value and missing cells on one side: that parts nothing.
  if (missingLeft && count === 1) return;
  triedLeftBin = load<i32>(FILLED_BINS + (<usize>(count - 1) << 2));
  triedRightBin = -1;
  triedBound = NaN;
  const categorical = isCategorical(column);
  if (categorical) drawSubset(count);
  else if (count > 1) drawBound(column, load<i32>(FILLED_BINS), triedLeftBin);

  let leftSum = missingLeft ? missingSum : 0;
  let leftWeight = missingLeft ? missingWeight : 0;
  for (let i: usize = 0; i < <usize>count; i++) {
    const bin = load<i32>(FILLED_BINS + (i << 2));
    if (categorical ? load<u8>(TRIED_LEFT + <usize>bin) === 0 : bin > triedLeftBin) continue;
    leftSum += load<f64>(FILLED + (i << 4));
    leftWeight += load<f64>(FILLED + (i << 4), 8);
  }
  const rightWeight = nodeWeight - leftWeight;
  if (leftWeight < leastWeight || rightWeight < leastWeight) return;
  const isEntropy = int(IS_ENTROPY) !== 0;
  const both = cost(isEntropy, leftSum, leftWeight) + cost(isEntropy, nodeSum - leftSum, rightWeight);
  if (both >= bestCost) return;
  const missing = hasMissing ? <i32>missingLeft : <i32>(leftWeight > rightWeight);
  keepSplit(column, both, leftSum, leftWeight, missing, triedLeftBin, triedRightBin, triedBound);
  if (!categorical) return;
  fillOtherCategories(column);
  for (let i: usize = 0; i < <usize>count; i++) {
    const bin = load<u32>(FILLED_BINS + (i << 2));
    store<u8>(GOES_LEFT + bin, load<u8>(TRIED_LEFT + bin));
  }
}

/** A bound between two bins of the node, `low` the first and `high` the last that it has. */
function drawBound(column: i32, low: i32, high: i32): void {
  const from = lowest(column, low);
  const to = highest(column, high);
  const share = nextUniform();
  // Two products, so that no difference overflows.
  let bound = from * (1 - share) + to * share;
  if (bound >= to) bound = from;
  // The last bin that starts at or below the bound.
  let left = low;
  let above = high + 1;
  while (above - left > 1) {
    const middle = (left + above) >> 1;
    if (lowest(column, middle) <= bound) left = middle;
    else above = middle;
  }
  const start = lowest(column, left);
  const end = highest(column, left);
  const isInside = bound < end;
  const isNearStart = isInside && bound - start < end - bound;
  if (left > low && (left === high || isNearStart)) left--;
  triedLeftBin = left;
  triedRightBin = left + 1;
  triedBound = isInside ? boundBetween(column, left, left + 1) : bound;
}

/** Some but not all of the categories that the node has; the one that it has when there is no other. */
function drawSubset(count: i32): void {
  if (count === 1) {
    store<u8>(TRIED_LEFT + <usize>load<u32>(FILLED_BINS), 1);
    return;
  }
  let left: u32;
  do {
    left = 0;
    for (let i: usize = 0; i < <usize>count; i++) {
      const side = nextUint32() >> 31;
      store<u8>(TRIED_LEFT + <usize>load<u32>(FILLED_BINS + (i << 2)), <u8>side);
      left += side;
    }
  } while (left === 0 || left === <u32>count);
}
