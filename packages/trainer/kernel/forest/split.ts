import { isCategorical, valueBins } from "./bins";
import { GOES_LEFT } from "./scratch";

/*
 * The best split of the node that is being looked at: fields as Split's in engine/splitting.ts. Which categories go left
 * stands at GOES_LEFT.
 */

export let feature: i32 = -1;
export let bestCost: f64 = Infinity;
export let leftSum: f64 = 0;
export let leftWeight: f64 = 0;
export let missingLeft: i32 = 0;
export let leftBin: i32 = -1;
export let rightBin: i32 = -1;
export let bound: f64 = NaN;

export let nodeSum: f64 = 0;
export let nodeWeight: f64 = 0;
/** Lightest child to consider. */
export let leastWeight: f64 = 0;

/** Forgets the last node and starts on one with these totals. */
// @ts-ignore: AssemblyScript
@inline
export function beginNode(sum: f64, weight: f64, minLeaf: f64): void {
  feature = -1;
  bestCost = Infinity;
  nodeSum = sum;
  nodeWeight = weight;
  leastWeight = max(minLeaf, weight * 1e-12);
}

// @ts-ignore: AssemblyScript
@inline
export function keepSplit(
  column: i32, cost: f64, sum: f64, weight: f64, missing: i32, left: i32, right: i32, at: f64,
): void {
  feature = column;
  bestCost = cost;
  leftSum = sum;
  leftWeight = weight;
  missingLeft = missing;
  leftBin = left;
  rightBin = right;
  bound = at;
}

/** Categories that the node has none of go with the heavier child. */
export function fillOtherCategories(column: i32): void {
  memory.fill(GOES_LEFT, leftWeight > nodeWeight - leftWeight ? 1 : 0, valueBins(column));
}

/** Completes GOES_LEFT: all bins of a numeric column, and that of the missing cells. */
export function completeGoesLeft(): void {
  const bins = valueBins(feature);
  if (!isCategorical(feature)) {
    // Sixteen bins at a time: a call that fills memory takes longer than a small node does.
    let bin = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const last = i8x16.splat(<i8>leftBin);
    for (let at: usize = 0; at < <usize>bins; at += 16) {
      v128.store(GOES_LEFT + at, v128.and(i8x16.le_u(bin, last), i8x16.splat(1)));
      bin = i8x16.add(bin, i8x16.splat(16));
    }
  }
  store<u8>(GOES_LEFT + <usize>bins, <u8>missingLeft);
}
