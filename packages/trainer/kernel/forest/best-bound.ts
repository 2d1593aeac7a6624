import { IS_ENTROPY } from "../../src/engine/forest/header";
import { int } from "../header/words";
import { insertCell, markCategories } from "../splits/category-order";
import { isCategorical } from "./bins";
import { entropy } from "./criterion";
import { FILLED, FILLED_BINS, GOES_LEFT, SHARES } from "./scratch";
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
  if (int(IS_ENTROPY) !== 0) {
    tryBounds(true, column, count, 0, 0, hasMissing);
    if (hasMissing) tryBounds(true, column, count, missingSum, missingWeight, true);
  } else {
    tryBounds(false, column, count, 0, 0, hasMissing);
    if (hasMissing) tryBounds(false, column, count, missingSum, missingWeight, true);
  }
  if (!categorical || bestCost >= costBefore) return;
  fillOtherCategories(column);
  markCategories(FILLED_BINS, count, leftBin, 1, GOES_LEFT);
}

// @ts-ignore: AssemblyScript
@inline
function tryBounds(isEntropy: bool, column: i32, count: i32, startSum: f64, startWeight: f64, hasMissing: bool): void {
  const missingOnLeft = startWeight > 0;
  // Sum and weight, side by side.
  const all = f64x2(nodeSum, nodeWeight);
  const least = f64x2.splat(leastWeight);
  let left = f64x2(startSum, startWeight);
  let bestLeft = left;
  let lowestCost = bestCost;
  // With the missing cells on the right, "all values left" is a bound as well.
  const end = FILLED + (<usize>(hasMissing && !missingOnLeft ? count : count - 1) << 4);
  let bestAt: usize = 0;
  for (let at = FILLED; at < end; at += 16) {
    left = f64x2.add(left, v128.load(at));
    const right = f64x2.sub(all, left);
    // Left and right, side by side.
    const sums = v128.shuffle<f64>(left, right, 0, 2);
    const weights = v128.shuffle<f64>(left, right, 1, 3);
    if (v128.any_true(f64x2.lt(weights, least))) continue;
    let both: f64;
    if (isEntropy) {
      both =
        entropy(f64x2.extract_lane(left, 0), f64x2.extract_lane(left, 1)) +
        entropy(f64x2.extract_lane(right, 0), f64x2.extract_lane(right, 1));
    } else {
      const twice = f64x2.add(sums, sums);
      const costs = f64x2.div(f64x2.mul(twice, f64x2.sub(weights, sums)), weights);
      both = f64x2.extract_lane(costs, 0) + f64x2.extract_lane(costs, 1);
    }
    if (both < lowestCost) {
      lowestCost = both;
      bestAt = at;
      bestLeft = left;
    }
  }
  if (bestAt === 0) return;
  const bestWeight = f64x2.extract_lane(bestLeft, 1);
  const best = <i32>((bestAt - FILLED) >> 4);
  keepSplit(
    column,
    lowestCost,
    f64x2.extract_lane(bestLeft, 0),
    bestWeight,
    hasMissing ? <i32>missingOnLeft : <i32>(bestWeight > nodeWeight - bestWeight),
    load<i32>(FILLED_BINS + (<usize>best << 2)),
    best + 1 < count ? load<i32>(FILLED_BINS + (<usize>(best + 1) << 2)) : -1,
    NaN,
  );
}

/** Sorts the filled bins by share, ties by bin. */
function orderByShare(count: i32): void {
  for (let i = 0; i < count; i++) {
    const bin = load<i32>(FILLED_BINS + (<usize>i << 2));
    const targets = v128.load(FILLED + (<usize>i << 4));
    const share = f64x2.extract_lane(targets, 0) / f64x2.extract_lane(targets, 1);
    insertCell(i, bin, share, targets, SHARES, FILLED_BINS, FILLED);
  }
}
