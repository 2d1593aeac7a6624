import {
  BOUNDED, COLUMN_BYTES, COLUMN_COUNT, COLUMN_FIRST_BIN, COLUMN_HAS_MISSING, COLUMN_IS_CATEGORICAL,
  COLUMN_MONOTONIC, COLUMN_VALUE_BINS, COLUMNS, DRAWN_COLUMNS, GRADIENT_SCALE, HESSIAN_SCALE, L2, LEAST_COUNT,
  LEAST_HESSIAN, NODE_BIN, NODE_BITS, NODE_BYTES, NODE_COLUMN, NODE_COUNT, NODE_GAIN, NODE_GRADIENT, NODE_HESSIAN,
  NODE_HIGHEST, NODE_KEY, NODE_LEFT_COUNT, NODE_LEFT_GRADIENT, NODE_LEFT_HESSIAN, NODE_LOWEST, NODE_MISSING_LEFT, NODES,
  TREE_COLUMNS, TREE_SEED,
} from "../../src/engine/hist/header";
import { real, word } from "../header/words";
import { insertCategory } from "../splits/category-order";
import { bitAt, setBit } from "./bin-sets";
import { mix } from "./mix";

/** A split must gain more than this, as in XGBoost: less may be rounding. */
const LEAST_GAIN = 1e-6;
/** Added to a category's hessian when categories are put in order, as in scikit-learn's and LightGBM's. */
const CATEGORY_SMOOTHING = 10.0;

// The node that is searched, and the best split so far. Globals of this thread's instance.
let total: i64 = 0;
let totalCount: i64 = 0;
let leastHessian: u32 = 0;
let leastCount: i64 = 0;
let gradientUnit: f64 = 0;
let hessianUnit: f64 = 0;
let l2: f64 = 0;
let bounded: bool = false;
let lowest: f64 = 0;
let highest: f64 = 0;
let monotonic: i32 = 0;
let bestScore: f64 = 0;
let bestColumn: i32 = -1;
let bestBin: i32 = 0;
let bestMissingLeft: i32 = 0;
let bestLeft: i64 = 0;
let bestLeftCount: i64 = 0;

/** What a leaf with these sums takes off the loss, twice: its answer is a Newton step, kept within the bounds. */
function boundedScore(gradient: f64, hessian: f64, value: f64): f64 {
  return -(2.0 * gradient + hessian * value) * value;
}

// @ts-ignore: AssemblyScript
@inline
function answer(gradient: f64, hessian: f64): f64 {
  return hessian > 0.0 ? min(max(-gradient / hessian, lowest), highest) : 0.0;
}

/** What splitting into `left` and the rest takes off the loss, or -1 when a constraint forbids it. */
// @ts-ignore: AssemblyScript
@inline
function scoreOf(left: i64, right: i64): f64 {
  const leftGradient = <f64>(<i32>(left >> 32)) * gradientUnit;
  const rightGradient = <f64>(<i32>(right >> 32)) * gradientUnit;
  const leftHessian = <f64>(<u32>left) * hessianUnit + l2;
  const rightHessian = <f64>(<u32>right) * hessianUnit + l2;
  if (bounded) {
    const leftValue = answer(leftGradient, leftHessian);
    const rightValue = answer(rightGradient, rightHessian);
    if (<f64>monotonic * (rightValue - leftValue) < 0.0) return -1.0;
    return (
      boundedScore(leftGradient, leftHessian, leftValue) +
      boundedScore(rightGradient, rightHessian, rightValue)
    );
  }
  return (
    (leftGradient * leftGradient) / leftHessian + (rightGradient * rightGradient) / rightHessian
  );
}

/**
 * Finds the best split of a node from the histograms of its columns, and writes it into the node's record.
 *
 * Numeric columns are tried at every bound between two filled bins, from the lowest, with the missing cells on the
 * right, then values against missing, then with the missing cells on the left. Categories, the missing cells among
 * them, are put in order of gradient / (hessian + smoothing). Of equal scores the first one stays.
 *
 * @param counts histograms of weights, or 0 when leaves need no least weight
 * @param scratch 3 KiB
 */
export function searchNode(node: usize, cells: usize, counts: usize, scratch: usize): void {
  const record = word(NODES) + node * NODE_BYTES;
  const gradient = load<i32>(record, NODE_GRADIENT);
  const hessian = load<u32>(record, NODE_HESSIAN);
  total = (<i64>gradient << 32) + <i64>hessian;
  totalCount = <i64>load<u32>(record, NODE_COUNT);
  leastHessian = max<u32>(<u32>word(LEAST_HESSIAN), 1);
  leastCount = <i64>word(LEAST_COUNT);
  gradientUnit = 1.0 / real(GRADIENT_SCALE);
  hessianUnit = 1.0 / real(HESSIAN_SCALE);
  l2 = real(L2);
  bounded = word(BOUNDED) !== 0;
  lowest = load<f64>(record, NODE_LOWEST);
  highest = load<f64>(record, NODE_HIGHEST);
  const g = <f64>gradient * gradientUnit;
  const h = <f64>hessian * hessianUnit + l2;
  const own = bounded ? boundedScore(g, h, answer(g, h)) : h > 0.0 ? (g * g) / h : 0.0;
  bestScore = own + LEAST_GAIN;
  bestColumn = -1;

  const columns = <u32>word(COLUMN_COUNT);
  let ofTree = <u32>word(TREE_COLUMNS);
  let wanted = <u32>word(DRAWN_COLUMNS);
  const treeKey = mix(<u32>word(TREE_SEED) ^ 0x2545f491);
  const key = load<u32>(record, NODE_KEY);
  for (let index: u32 = 0; index < columns && wanted > 0; index++) {
    // The tree's columns, the same at every node, then the node's among them.
    if (!isDrawn(treeKey, index, ofTree, columns - index)) continue;
    const left = ofTree--;
    if (!isDrawn(key, index, wanted, left)) continue;
    wanted--;
    const column = word(COLUMNS) + <usize>index * COLUMN_BYTES;
    const first = <usize>load<u32>(column, COLUMN_FIRST_BIN) << 3;
    const ofWeights: usize = counts === 0 ? 0 : counts + first;
    if (load<u32>(column, COLUMN_IS_CATEGORICAL) !== 0) {
      tryCategories(index, column, cells + first, ofWeights, record, scratch);
    } else tryNumbers(index, column, cells + first, ofWeights);
  }

  store<f64>(record, bestColumn < 0 ? 0.0 : bestScore - own, NODE_GAIN);
  if (bestColumn < 0) return;
  const column = word(COLUMNS) + <usize>bestColumn * COLUMN_BYTES;
  const ofColumn = cells + (<usize>load<u32>(column, COLUMN_FIRST_BIN) << 3);
  store<i32>(record, bestColumn, NODE_COLUMN);
  store<i32>(record, middleOfGap(column, ofColumn, bestBin), NODE_BIN);
  store<i32>(record, bestMissingLeft, NODE_MISSING_LEFT);
  store<i32>(record, <i32>(bestLeft >> 32), NODE_LEFT_GRADIENT);
  store<u32>(record, <u32>bestLeft, NODE_LEFT_HESSIAN);
  store<u32>(record, <u32>bestLeftCount, NODE_LEFT_COUNT);
}

/** Selection sampling (Knuth, 3.4.2, algorithm S): the next one is in with the chance (wanted / left). */
// @ts-ignore: AssemblyScript
@inline
function isDrawn(key: u32, index: u32, wanted: u32, left: u32): bool {
  return <u64>mix(key + index * 0x9e3779b9) * <u64>left < <u64>wanted << 32;
}

/** The last bin on the left, when the bound is put in the middle between `bin` and the next filled one. */
function middleOfGap(column: usize, cells: usize, bin: i32): i32 {
  const bins = load<i32>(column, COLUMN_VALUE_BINS);
  for (let next = bin + 1; next < bins; next++) {
    if (load<i64>(cells + (<usize>next << 3)) !== 0) return (bin + next - 1) >> 1;
  }
  return bins - 1;
}

function tryNumbers(index: i32, column: usize, cells: usize, counts: usize): void {
  const bins = load<i32>(column, COLUMN_VALUE_BINS);
  monotonic = load<i32>(column, COLUMN_MONOTONIC);
  let missing: i64 = 0;
  let missingCount: i64 = 0;
  if (load<u32>(column, COLUMN_HAS_MISSING) !== 0) {
    missing = load<i64>(cells + (<usize>bins << 3));
    if (counts !== 0) missingCount = load<i64>(counts + (<usize>bins << 3));
  }
  tryBounds(index, cells, counts, bins, 0, 0, missing !== 0);
  if (missing !== 0) tryBounds(index, cells, counts, bins, missing, missingCount, true);
}

/** Bounds from the lowest, the left side starting from the given sums: those of the missing cells, or nothing. */
function tryBounds(
  index: i32, cells: usize, counts: usize, bins: i32, start: i64, startCount: i64, hasMissing: bool,
): void {
  let left = start;
  let leftCount = startCount;
  for (let bin = 0; bin < bins; bin++) {
    if (counts !== 0) leftCount += load<i64>(counts + (<usize>bin << 3));
    const cell = load<i64>(cells + (<usize>bin << 3));
    if (cell === 0) continue;
    left += cell;
    const right = total - left;
    if (<u32>left < leastHessian) continue;
    if (<u32>right < leastHessian) break;
    if (leftCount < leastCount) continue;
    if (totalCount - leftCount < leastCount) break;
    const score = scoreOf(left, right);
    if (score > bestScore) {
      const missingLeft = hasMissing ? start !== 0 : <u32>left > <u32>right;
      keep(index, bin, score, left, leftCount, <i32>missingLeft);
    }
  }
}

function keep(index: i32, bin: i32, score: f64, left: i64, leftCount: i64, missingLeft: i32): void {
  bestScore = score;
  bestColumn = index;
  bestBin = bin;
  bestLeft = left;
  bestLeftCount = leftCount;
  bestMissingLeft = missingLeft;
}

function tryCategories(
  index: i32, column: usize, cells: usize, counts: usize, record: usize, scratch: usize,
): void {
  monotonic = 0;
  const bins = load<i32>(column, COLUMN_VALUE_BINS);
  const all = bins + load<i32>(column, COLUMN_HAS_MISSING);
  const order = scratch + 2048;
  let filled = 0;
  for (let bin = 0; bin < all; bin++) {
    const cell = load<i64>(cells + (<usize>bin << 3));
    if (cell === 0) continue;
    const hessian = <f64>(<u32>cell) * hessianUnit + CATEGORY_SMOOTHING;
    const ratio = (<f64>(<i32>(cell >> 32)) * gradientUnit) / hessian;
    insertCategory(filled++, bin, ratio, scratch, order);
  }
  let left: i64 = 0;
  let leftCount: i64 = 0;
  let last = -1;
  for (let at = 0; at < filled - 1; at++) {
    const bin = <usize>load<i32>(order + (<usize>at << 2)) << 3;
    left += load<i64>(cells + bin);
    if (counts !== 0) leftCount += load<i64>(counts + bin);
    const right = total - left;
    if (<u32>left < leastHessian || <u32>right < leastHessian) continue;
    if (leftCount < leastCount || totalCount - leftCount < leastCount) continue;
    const score = scoreOf(left, right);
    if (score > bestScore) {
      last = at;
      keep(index, 0, score, left, leftCount, 0);
    }
  }
  if (last < 0) return;
  // Categories that the node has none of, and missing cells if it has none, go with the heavier child.
  const heavierLeft = <u32>bestLeft > <u32>(total - bestLeft);
  memory.fill(record + NODE_BITS, heavierLeft ? 255 : 0, 32);
  for (let at = 0; at < filled; at++) {
    setBit(record + NODE_BITS, load<i32>(order + (<usize>at << 2)), at <= last);
  }
  bestMissingLeft = <i32>bitAt(record + NODE_BITS, bins);
}
