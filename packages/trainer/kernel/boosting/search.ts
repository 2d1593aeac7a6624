import {
  COLUMNS, COLUMN_BYTES, COLUMN_COUNT, COLUMN_FIRST_BIN, COLUMN_HAS_MISSING, COLUMN_HIGHEST, COLUMN_IS_CATEGORICAL,
  COLUMN_LOWEST, COLUMN_VALUE_BINS, HISTOGRAM, MIN_LEAF_WEIGHT, NODE_COLUMN, NODE_GOES_LEFT, NODE_LEFT_BIN, NODE_LEFT_SUM,
  NODE_LEFT_WEIGHT, NODE_MISSING_LEFT, NODE_RIGHT_BIN, ORDER, SHARES,
} from "../../src/engine/boosting/header";
import { int, real, word } from "../header/words";
import { NO_BOUND, middleOf } from "../splits/bounds";
import { insertCategory, markCategories } from "../splits/category-order";

/*
 * The best split of a node, as SplitFinder with squaredError finds it, number by number: columns in order, bounds from
 * the lowest, of equal costs the first one. A histogram's bin is two float64, sum and weight.
 */

/** Where the node's missing cells are while bounds are tried. */
const NO_MISSING = 0;
const MISSING_RIGHT = 1;
const MISSING_LEFT = 2;

let nodeSum: f64 = 0;
let nodeWeight: f64 = 0;
let leastWeight: f64 = 0;
let bestCost: f64 = 0;
let bestColumn: i32 = -1;
let bestLeftBin: i32 = 0;
let bestRightBin: i32 = 0;
let bestMissingLeft: i32 = 0;
let bestSum: f64 = 0;
let bestWeight: f64 = 0;

/** Finds a node's best split in the histogram and writes it to the node's record. Returns false when there is none. */
export function findSplit(sum: f64, weight: f64, record: usize): bool {
  nodeSum = sum;
  nodeWeight = weight;
  leastWeight = max(real(MIN_LEAF_WEIGHT), weight * 1e-12);
  bestCost = Infinity;
  bestColumn = -1;
  const histogram = word(HISTOGRAM);
  const columns = int(COLUMN_COUNT);
  let column = word(COLUMNS);
  for (let index = 0; index < columns; index++, column += COLUMN_BYTES) {
    tryColumn(index, column, histogram + (<usize>load<u32>(column, COLUMN_FIRST_BIN) << 4), record);
  }
  if (bestColumn < 0) return false;
  store<i32>(record, bestColumn, NODE_COLUMN);
  store<i32>(record, bestLeftBin, NODE_LEFT_BIN);
  store<i32>(record, bestRightBin, NODE_RIGHT_BIN);
  store<i32>(record, bestMissingLeft, NODE_MISSING_LEFT);
  store<f64>(record, bestSum, NODE_LEFT_SUM);
  store<f64>(record, bestWeight, NODE_LEFT_WEIGHT);
  completeGoesLeft(word(COLUMNS) + <usize>bestColumn * COLUMN_BYTES, record + NODE_GOES_LEFT);
  return true;
}

function tryColumn(index: i32, column: usize, cells: usize, record: usize): void {
  const bins = load<i32>(column, COLUMN_VALUE_BINS);
  let missingSum: f64 = 0;
  let missingWeight: f64 = 0;
  if (load<u32>(column, COLUMN_HAS_MISSING) !== 0) {
    missingSum = load<f64>(cells + (<usize>bins << 4));
    missingWeight = load<f64>(cells + (<usize>bins << 4), 8);
  }
  const hasMissing = missingWeight > 0;
  if (load<u32>(column, COLUMN_IS_CATEGORICAL) === 0) {
    tryNumbers(index, cells, bins, 0, 0, hasMissing ? MISSING_RIGHT : NO_MISSING);
    if (hasMissing) tryNumbers(index, cells, bins, missingSum, missingWeight, MISSING_LEFT);
    return;
  }
  const before = bestCost;
  const filled = orderByShare(cells, bins);
  tryCategories(index, cells, filled, 0, 0, hasMissing ? MISSING_RIGHT : NO_MISSING);
  if (hasMissing) tryCategories(index, cells, filled, missingSum, missingWeight, MISSING_LEFT);
  if (bestCost < before) keepCategories(filled, bins, record + NODE_GOES_LEFT);
}

/** Tries every bound between two neighbouring filled bins, the left side starting from the given sums. */
function tryNumbers(
  index: i32, cells: usize, bins: i32, startSum: f64, startWeight: f64, missing: i32,
): void {
  let sum = startSum;
  let weight = startWeight;
  let last = -1;
  for (let bin = 0; bin < bins; bin++) {
    const cell = cells + (<usize>bin << 4);
    const ofBin = load<f64>(cell, 8);
    if (!(ofBin > 0)) continue;
    if (last >= 0) tryBound(index, last, bin, sum, weight, missing);
    sum += load<f64>(cell);
    weight += ofBin;
    last = bin;
  }
  // With the missing cells on the right, "all values left" is a bound as well.
  if (missing === MISSING_RIGHT && last >= 0) tryBound(index, last, -1, sum, weight, missing);
}

/** The same of filled categories in the order of their shares. */
function tryCategories(
  index: i32, cells: usize, filled: i32, startSum: f64, startWeight: f64, missing: i32,
): void {
  const order = word(ORDER);
  let sum = startSum;
  let weight = startWeight;
  const bounds = missing === MISSING_RIGHT ? filled : filled - 1;
  for (let i = 0; i < bounds; i++) {
    const bin = load<i32>(order + (<usize>i << 2));
    const cell = cells + (<usize>bin << 4);
    sum += load<f64>(cell);
    weight += load<f64>(cell, 8);
    tryBound(index, bin, -1, sum, weight, missing);
  }
}

// @ts-ignore: AssemblyScript
@inline
function tryBound(index: i32, leftBin: i32, rightBin: i32, sum: f64, weight: f64, missing: i32): void {
  const rightWeight = nodeWeight - weight;
  if (weight < leastWeight || rightWeight < leastWeight) return;
  const rightSum = nodeSum - sum;
  const cost = -(sum * sum) / weight + -(rightSum * rightSum) / rightWeight;
  if (!(cost < bestCost)) return;
  bestCost = cost;
  bestColumn = index;
  bestLeftBin = leftBin;
  bestRightBin = rightBin;
  bestSum = sum;
  bestWeight = weight;
  bestMissingLeft = missing === NO_MISSING ? <i32>(weight > rightWeight) : <i32>(missing === MISSING_LEFT);
}

/** Lists the filled categories by share, ties by bin; returns how many they are. */
function orderByShare(cells: usize, bins: i32): i32 {
  const shares = word(SHARES);
  const order = word(ORDER);
  let filled = 0;
  for (let bin = 0; bin < bins; bin++) {
    const cell = cells + (<usize>bin << 4);
    const weight = load<f64>(cell, 8);
    if (!(weight > 0)) continue;
    insertCategory(filled++, bin, load<f64>(cell) / weight, shares, order);
  }
  return filled;
}

/** Notes which categories go left; those that the node has none of go with the heavier child. */
function keepCategories(filled: i32, bins: i32, goesLeft: usize): void {
  memory.fill(goesLeft, bestWeight > nodeWeight - bestWeight ? 255 : 0, bins);
  markCategories(word(ORDER), filled, bestLeftBin, 255, goesLeft);
}

/**
 * Completes a split's table: as the model's bound sends the values, those that the node has none of included (see
 * fillRoute).
 */
function completeGoesLeft(column: usize, goesLeft: usize): void {
  const bins = load<i32>(column, COLUMN_VALUE_BINS);
  if (load<u32>(column, COLUMN_IS_CATEGORICAL) === 0) {
    const highest = <usize>load<u32>(column, COLUMN_HIGHEST);
    const bound = boundBetween(<usize>load<u32>(column, COLUMN_LOWEST), highest);
    for (let bin = 0; bin < bins; bin++) {
      store<u8>(goesLeft + <usize>bin, load<f64>(highest + (<usize>bin << 3)) <= bound ? 255 : 0);
    }
  }
  store<u8>(goesLeft + <usize>bins, bestMissingLeft !== 0 ? 255 : 0);
}

/** As the function of this name in tree-predictor, of the best split. */
function boundBetween(lowest: usize, highest: usize): f64 {
  if (bestRightBin < 0) return NO_BOUND;
  const below = load<f64>(highest + (<usize>bestLeftBin << 3));
  const above = load<f64>(lowest + (<usize>bestRightBin << 3));
  return middleOf(below, above);
}
