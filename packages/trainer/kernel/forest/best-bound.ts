import { isCategorical } from "./bins";
import { cost } from "./criterion";
import { FILLED, FILLED_BINS, GOES_LEFT, IS_ENTROPY, SHARES, word } from "./header";
import { bestCost, fillOtherCategories, keepSplit, leastWeight, leftBin, nodeSum, nodeWeight } from "./split";

/**
 * Tries all bounds of a column, as engine/splitting.ts: the missing cells on the right, then on the left.
 *
 * @param count value bins that the node has; they stand at FILLED_BINS and FILLED, and are reordered where they are
 *   categories
 * @param missingWeight 0 when the node has no missing cell here
 */
export function tryBestBound(column: i32, count: i32, missingSum: f64, missingWeight: f64): void {
  const costBefore = bestCost;
  const categorical = isCategorical(column);
  if (categorical) orderByShare(count);
  const hasMissing = missingWeight > 0;
  if (word(IS_ENTROPY) !== 0) {
    tryBounds(true, column, count, 0, 0, hasMissing);
    if (hasMissing) tryBounds(true, column, count, missingSum, missingWeight, true);
  } else {
    tryBounds(false, column, count, 0, 0, hasMissing);
    if (hasMissing) tryBounds(false, column, count, missingSum, missingWeight, true);
  }
  if (categorical && bestCost < costBefore) keepCategories(column, count);
}

// @ts-ignore: AssemblyScript
@inline
function tryBounds(isEntropy: bool, column: i32, count: i32, startSum: f64, startWeight: f64, hasMissing: bool): void {
  const missingOnLeft = startWeight > 0;
  const allSum = nodeSum;
  const allWeight = nodeWeight;
  const least = leastWeight;
  let leftSum = startSum;
  let leftWeight = startWeight;
  let lowestCost = bestCost;
  let bestAt = -1;
  let bestSum: f64 = 0;
  let bestWeight: f64 = 0;
  // With the missing cells on the right, "all values left" is a bound as well.
  const bounds = hasMissing && !missingOnLeft ? count : count - 1;
  for (let i = 0; i < bounds; i++) {
    const at = FILLED + (<usize>i << 4);
    leftSum += load<f64>(at);
    leftWeight += load<f64>(at, 8);
    const rightWeight = allWeight - leftWeight;
    if (leftWeight < least || rightWeight < least) continue;
    const both = cost(isEntropy, leftSum, leftWeight) + cost(isEntropy, allSum - leftSum, rightWeight);
    if (both < lowestCost) {
      lowestCost = both;
      bestAt = i;
      bestSum = leftSum;
      bestWeight = leftWeight;
    }
  }
  if (bestAt < 0) return;
  keepSplit(
    column,
    lowestCost,
    bestSum,
    bestWeight,
    hasMissing ? <i32>missingOnLeft : <i32>(bestWeight > allWeight - bestWeight),
    load<i32>(FILLED_BINS + (<usize>bestAt << 2)),
    bestAt + 1 < count ? load<i32>(FILLED_BINS + (<usize>(bestAt + 1) << 2)) : -1,
    NaN,
  );
}

/** Sorts the filled bins by share, ties by bin. */
function orderByShare(count: i32): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const bin = load<i32>(FILLED_BINS + (i << 2));
    const targets = v128.load(FILLED + (i << 4));
    const share = f64x2.extract_lane(targets, 0) / f64x2.extract_lane(targets, 1);
    let at = i;
    for (; at > 0 && load<f64>(SHARES + ((at - 1) << 3)) > share; at--) {
      store<f64>(SHARES + (at << 3), load<f64>(SHARES + ((at - 1) << 3)));
      store<i32>(FILLED_BINS + (at << 2), load<i32>(FILLED_BINS + ((at - 1) << 2)));
      v128.store(FILLED + (at << 4), v128.load(FILLED + ((at - 1) << 4)));
    }
    store<f64>(SHARES + (at << 3), share);
    store<i32>(FILLED_BINS + (at << 2), bin);
    v128.store(FILLED + (at << 4), targets);
  }
}

function keepCategories(column: i32, count: i32): void {
  fillOtherCategories(column);
  let left: u8 = 1;
  for (let i = 0; i < count; i++) {
    const bin = load<i32>(FILLED_BINS + (<usize>i << 2));
    store<u8>(GOES_LEFT + <usize>bin, left);
    if (bin === leftBin) left = 0;
  }
}
