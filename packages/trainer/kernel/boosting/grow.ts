import {
  ALL_LEFT, CODES, COLUMNS, COLUMN_BYTES, COLUMN_FIRST_BIN, COLUMN_HAS_MISSING, COLUMN_VALUE_BINS, GROUPS, HISTOGRAM,
  JOINT_CELLS, JOINT_CODES, LEAF_SUMS, LEVEL_BINS, MAX_DEPTH, MIN_LEAF_WEIGHT, MIN_SPLIT_WEIGHT, MOMENTS, NODES, NODE_BYTES,
  NODE_COLUMN, NODE_GOES_LEFT, NODE_LEAF, NODE_LEFT, NODE_LEFT_SUM, NODE_LEFT_WEIGHT, NODE_RIGHT, NODE_ROWS, NODE_SUM,
  NODE_WEIGHT, OWN_ROUTES, PACKED, PLACES, PLAN, ROUTES, SAMPLE_COUNT, SAMPLE_ROWS, SAMPLE_SUMS, SAMPLE_WEIGHTS, SCALE,
  SHIFT, SIDE, STRIDE, TAKING, TOTAL_BINS,
} from "../../src/engine/boosting/header";
import { countRows, takeAway, unpackBins } from "./histogram";
import { findResiduals, multiplyOdds, sumLeaves } from "./residuals";
import { findLeaves, findRoute, partitionRows } from "./routes";
import { findSplit } from "./search";
import { real, word } from "./words";

/** Nodes of the tree so far. */
let nodes: i32 = 0;

/**
 * Counts a booster's last tree in, grows one on what is left, and sends all places down it: NODES and LEAF_SUMS tell
 * of it. Returns how many nodes it has.
 *
 * @param odds a place, IN and OUT, float64: exp(-score), before the last tree and with it
 * @param leaf a place, IN and OUT, a byte: of the last tree, and of this one
 * @param factor a leaf, float64: what the last tree's leaves multiply the odds by
 */
export function growTree(odds: usize, leaf: usize, factor: usize): i32 {
  const taking = <i32>word(TAKING);
  const places = <i32>word(PLACES);
  findResiduals(
    taking, odds, leaf, factor, word(SAMPLE_SUMS), word(SAMPLE_WEIGHTS), real(SCALE), <i32>word(SHIFT), word(PACKED),
    word(MOMENTS),
  );
  // Rows that take no part have odds all the same.
  multiplyOdds(places - taking, odds + (<usize>taking << 3), leaf + <usize>taking, factor);
  const bins = word(LEVEL_BINS);
  const count = <i32>word(SAMPLE_COUNT);
  countNode(word(SAMPLE_ROWS), count, bins);
  nodes = 0;
  growRoot(count, bins);
  findLeaves(places, <i32>word(MAX_DEPTH), word(ROUTES), leaf);
  sumLeaves(taking, leaf, word(MOMENTS), 1 << <i32>word(MAX_DEPTH), word(LEAF_SUMS));
  return nodes;
}

function growRoot(count: i32, bins: usize): void {
  // Every row is in some bin of the first column.
  const columns = word(COLUMNS);
  const ofFirst = load<i32>(columns, COLUMN_VALUE_BINS) + load<i32>(columns, COLUMN_HAS_MISSING);
  const histogram = word(HISTOGRAM);
  unpackNode(bins, ofFirst);
  let sum: f64 = 0;
  let weight: f64 = 0;
  for (let cell = histogram, end = histogram + (<usize>ofFirst << 4); cell < end; cell += 16) {
    sum += load<f64>(cell);
    weight += load<f64>(cell, 8);
  }
  growNode(0, 0, word(SAMPLE_ROWS), count, sum, weight, bins);
}

/**
 * Adds a node and all beneath it. Returns its index.
 *
 * @param place in the full tree
 * @param rows the node's, `count` of them; those of the root are the sample's and stay as they are
 * @param bins the node's own, which the search of its descendants may change; 0 for a node that stays a leaf
 */
function growNode(
  place: i32, depth: i32, rows: usize, count: i32, sum: f64, weight: f64, bins: usize,
): i32 {
  const node = nodes++;
  const record = word(NODES) + <usize>node * NODE_BYTES;
  store<f64>(record, sum, NODE_SUM);
  store<f64>(record, weight, NODE_WEIGHT);
  if (bins === 0 || isAtLimit(depth, weight) || !searchNode(sum, weight, bins, record)) {
    store<i32>(record, -1, NODE_COLUMN);
    store<i32>(record, endBranch(place, depth), NODE_LEAF);
    return node;
  }
  store<i32>(record, -1, NODE_LEAF);
  const leftSum = load<f64>(record, NODE_LEFT_SUM);
  const leftWeight = load<f64>(record, NODE_LEFT_WEIGHT);
  const rightSum = sum - leftSum;
  const rightWeight = weight - leftWeight;
  const route = routeNode(place, record);
  const leftStays = isAtLimit(depth + 1, leftWeight);
  const rightStays = isAtLimit(depth + 1, rightWeight);
  const to = depth === 0 ? word(NODE_ROWS) : rows;
  let middle = 0;
  let left: usize = 0;
  let right: usize = 0;
  if (!(leftStays && rightStays)) {
    middle = partitionRows(rows, count, route, to, word(SIDE));
    // The smaller child is counted, the larger one is what it leaves of the parent.
    const smaller = word(LEVEL_BINS) + <usize>(depth + 1) * (word(TOTAL_BINS) << 3);
    const leftIsSmaller = 2 * middle <= count;
    if (leftIsSmaller) countNode(to, middle, smaller);
    else countNode(to + (<usize>middle << 2), count - middle, smaller);
    takeAway(bins, smaller, <i32>word(TOTAL_BINS));
    left = leftStays ? 0 : leftIsSmaller ? smaller : bins;
    right = rightStays ? 0 : leftIsSmaller ? bins : smaller;
  }
  const first = growNode(2 * place + 1, depth + 1, to, middle, leftSum, leftWeight, left);
  store<i32>(record, first, NODE_LEFT);
  const behind = to + (<usize>middle << 2);
  const second = growNode(2 * place + 2, depth + 1, behind, count - middle, rightSum, rightWeight, right);
  store<i32>(record, second, NODE_RIGHT);
  return node;
}

/** Whether a node is too deep or too light to be split. */
function isAtLimit(depth: i32, weight: f64): bool {
  return depth >= <i32>word(MAX_DEPTH) || weight < real(MIN_SPLIT_WEIGHT) || weight < 2 * real(MIN_LEAF_WEIGHT);
}

function searchNode(sum: f64, weight: f64, bins: usize, record: usize): bool {
  unpackNode(bins, <i32>word(TOTAL_BINS));
  return findSplit(sum, weight, record);
}

function countNode(rows: usize, count: i32, bins: usize): void {
  countRows(
    rows, count, word(JOINT_CODES), word(STRIDE), <i32>word(GROUPS), word(PACKED), word(JOINT_CELLS), word(PLAN), bins,
  );
}

function unpackNode(bins: usize, count: i32): void {
  unpackBins(bins, count, <i32>word(SHIFT), 1 / real(SCALE), word(HISTOGRAM));
}

/** Finds where a split sends all places. Returns the address. */
function routeNode(place: i32, record: usize): usize {
  const places = word(PLACES);
  const index = <usize>load<i32>(record, NODE_COLUMN);
  const column = word(COLUMNS) + index * COLUMN_BYTES;
  const bins = load<i32>(column, COLUMN_VALUE_BINS) + load<i32>(column, COLUMN_HAS_MISSING);
  const route = word(OWN_ROUTES) + <usize>place * places;
  store<u32>(word(ROUTES) + (<usize>place << 2), <u32>route);
  findRoute(<i32>places, word(CODES) + index * places, bins, record + NODE_GOES_LEFT, route);
  return route;
}

/** Makes all of the full tree beneath a leaf send its rows to the left, where its number is found. */
function endBranch(place: i32, depth: i32): i32 {
  const deepest = <i32>word(MAX_DEPTH);
  let at = place;
  for (let level = depth; level < deepest; level++) {
    store<u32>(word(ROUTES) + (<usize>at << 2), <u32>word(ALL_LEFT));
    at = 2 * at + 1;
  }
  return at - ((1 << deepest) - 1);
}
