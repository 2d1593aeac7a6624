import { insertCell, markCategories } from "../splits/category-order";

/*
 * The best split of a node that has all rows, by Gini impurity: the same search as SplitFinder's.
 */

/** A child must weigh at least this share of the node: below it a weight may be all rounding. */
const LEAST_SHARE: f64 = 1e-12;

/** Filled bins of the column that is looked at: their number (int32), their weights, their share of positives. */
const BIN: usize = 0;
const WEIGHTS: usize = 1024;
const SHARE: usize = 5120;

/** Fields of a column (int32 each). */
const COLUMN_BYTES: usize = 16;

/**
 * OUT `split`: feature (-1 when no column has two filled bins), last bin on the left, first bin on the right (-1 when
 * all values go left), whether the missing cells go left; int32 each.
 * OUT `goesLeft`: for a categorical column, a byte a bin of its values, 1 for those that go left.
 *
 * @param columns per column: first bin, number of bins of its values, whether a bin of missing cells follows them,
 *   whether it is categorical; int32 each
 * @param bins two float64 a bin: the weights of its positive and of its negative rows
 * @param total of the node, as a bin
 * @param scratch 7168 bytes
 */
export function findSplit(
  count: i32, columns: usize, bins: usize, total: usize, scratch: usize, split: usize, goesLeft: usize,
): void {
  const nodePositive = load<f64>(total);
  const nodeNegative = load<f64>(total, 8);
  const nodeWeight = nodePositive + nodeNegative;
  const leastWeight = nodeWeight * LEAST_SHARE;
  let bestCost: f64 = Infinity;
  store<i32>(split, -1);
  for (let column = 0; column < count; column++) {
    const plan = columns + <usize>column * COLUMN_BYTES;
    const first = bins + (<usize>load<i32>(plan) << 4);
    const valueBins = load<i32>(plan, 4);
    const categorical = load<i32>(plan, 12) !== 0;
    const missing = first + (<usize>valueBins << 4);
    let missingPositive: f64 = 0;
    let missingNegative: f64 = 0;
    if (load<i32>(plan, 8) !== 0) {
      missingPositive = load<f64>(missing);
      missingNegative = load<f64>(missing, 8);
    }
    const hasMissing = missingPositive + missingNegative > 0;

    const filled = readFilled(first, valueBins, scratch, categorical);
    const leastFilled = hasMissing ? 1 : 2;
    // All rows are alike here.
    if (filled < leastFilled) continue;

    let bestAt = -1;
    let bestLeft: f64 = 0;
    let missingLeft = false;
    const rounds = hasMissing ? 2 : 1;
    for (let round = 0; round < rounds; round++) {
      let leftPositive = round > 0 ? missingPositive : 0;
      let leftNegative = round > 0 ? missingNegative : 0;
      // With the missing cells on the right, "all values left" is a bound as well.
      const bounds = hasMissing && round === 0 ? filled : filled - 1;
      for (let i = 0; i < bounds; i++) {
        const weights = scratch + WEIGHTS + (<usize>i << 4);
        leftPositive += load<f64>(weights);
        leftNegative += load<f64>(weights, 8);
        const leftWeight = leftPositive + leftNegative;
        const rightWeight = nodeWeight - leftWeight;
        if (leftWeight < leastWeight || rightWeight < leastWeight) continue;
        const cost = (2 * leftPositive * leftNegative) / leftWeight +
          (2 * (nodePositive - leftPositive) * (nodeNegative - leftNegative)) / rightWeight;
        if (cost < bestCost) {
          bestCost = cost;
          bestAt = i;
          bestLeft = leftWeight;
          missingLeft = round > 0;
        }
      }
    }
    if (bestAt < 0) continue;
    const leftIsHeavier = bestLeft > nodeWeight - bestLeft;
    const bin = scratch + BIN;
    store<i32>(split, column);
    store<i32>(split, load<i32>(bin + (<usize>bestAt << 2)), 4);
    store<i32>(split, bestAt + 1 < filled ? load<i32>(bin + (<usize>(bestAt + 1) << 2)) : -1, 8);
    store<i32>(split, <i32>(hasMissing ? missingLeft : leftIsHeavier), 12);
    if (!categorical) continue;
    // Categories that no row has go with the heavier child.
    memory.fill(goesLeft, <u8>leftIsHeavier, valueBins);
    markCategories(bin, filled, load<i32>(bin + (<usize>bestAt << 2)), 1, goesLeft);
  }
}

/** Lists the filled bins of a column, ascending; categorical ones by their share of positives, ties by bin. */
function readFilled(first: usize, valueBins: i32, scratch: usize, byShare: bool): i32 {
  let filled = 0;
  for (let bin = 0; bin < valueBins; bin++) {
    const weights = v128.load(first + (<usize>bin << 4));
    const weight = f64x2.extract_lane(weights, 0) + f64x2.extract_lane(weights, 1);
    if (!(weight > 0)) continue;
    if (byShare) {
      const share = f64x2.extract_lane(weights, 0) / weight;
      insertCell(filled, bin, share, weights, scratch + SHARE, scratch + BIN, scratch + WEIGHTS);
    } else {
      store<i32>(scratch + BIN + (<usize>filled << 2), bin);
      v128.store(scratch + WEIGHTS + (<usize>filled << 4), weights);
    }
    filled++;
  }
  return filled;
}
