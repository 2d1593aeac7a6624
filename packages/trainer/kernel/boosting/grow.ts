import {
  ALL_LEFT, BIT_WORDS, BOOSTER_LEAF, BOOSTER_PACKED, BOOSTER_PROBABILITIES, BOOSTER_ROOT_BINS, CODES, COLUMNS, COLUMN_BYTES,
  COLUMN_HAS_MISSING, COLUMN_VALUE_BINS, GROUPS, HISTOGRAM, JOINT_CELLS, JOINT_CODES, LEAF_SUMS, LEVEL_BINS, LEVEL_BITS,
  MAX_DEPTH, MIN_LEAF_WEIGHT, MIN_SPLIT_WEIGHT, NODES, NODE_BYTES, NODE_COLUMN, NODE_GOES_LEFT, NODE_LEAF, NODE_LEFT,
  NODE_LEFT_SUM, NODE_LEFT_WEIGHT, NODE_RIGHT, NODE_SUM, NODE_WEIGHT, OWN_ROUTES, PLACES, PLAN, ROUTES, SAMPLE_BITS,
  SAMPLE_SUMS, SAMPLE_WEIGHTS, SCALE, SHIFT, STRIDE, TAKING, TOTAL_BINS,
} from "../../src/engine/boosting/header";
import { countSet, takeAway, unpackBins } from "./histogram";
import { sumLeaves } from "./residuals";
import { findLeaves, findRoute, partSet } from "./routes";
import { findSplit } from "./search";
import { int, real, word } from "../header/words";

/** Nodes of the tree so far, and what its rows are counted by. */
let nodes: i32 = 0;
let packed: usize = 0;

/**
 * Grows a tree from a root that beginTrees has counted, and sends all places down it: the booster's leaves, NODES and
 * LEAF_SUMS tell of it. Returns how many nodes it has.
 */
export function growTree(booster: usize): i32 {
  const leaf = <usize>load<u32>(booster, BOOSTER_LEAF);
  nodes = 0;
  packed = load<u32>(booster, BOOSTER_PACKED);
  growRoot(load<u32>(booster, BOOSTER_ROOT_BINS));
  const depth = int(MAX_DEPTH);
  findLeaves(int(PLACES), depth, word(ROUTES), leaf);
  sumLeaves(
    int(TAKING), leaf, word(SAMPLE_SUMS), word(SAMPLE_WEIGHTS), load<u32>(booster, BOOSTER_PROBABILITIES), 1 << depth,
    word(LEAF_SUMS),
  );
  return nodes;
}

function growRoot(bins: usize): void {
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
  growNode(0, 0, word(SAMPLE_BITS), sum, weight, bins);
}

/**
 * Adds a node and all beneath it. Returns its index.
 *
 * @param place in the full tree
 * @param set the node's places that take part
 * @param bins the node's own, which the search of its descendants may change; 0 for a node that stays a leaf
 */
function growNode(place: i32, depth: i32, set: usize, sum: f64, weight: f64, bins: usize): i32 {
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
  const bytes = word(BIT_WORDS) << 3;
  const leftSet = word(LEVEL_BITS) + <usize>(2 * depth) * bytes;
  const rightSet = leftSet + bytes;
  let left: usize = 0;
  let right: usize = 0;
  if (!(leftStays && rightStays)) {
    partSet(set, int(BIT_WORDS), route, leftSet, rightSet);
    // The lighter child is counted, which tends to have fewer rows; the other is what it leaves of the parent.
    const lighter = word(LEVEL_BINS) + <usize>depth * (word(TOTAL_BINS) << 3);
    const leftIsLighter = leftWeight <= rightWeight;
    countNode(leftIsLighter ? leftSet : rightSet, lighter);
    takeAway(bins, lighter, int(TOTAL_BINS));
    left = leftStays ? 0 : leftIsLighter ? lighter : bins;
    right = rightStays ? 0 : leftIsLighter ? bins : lighter;
  }
  const first = growNode(2 * place + 1, depth + 1, leftSet, leftSum, leftWeight, left);
  store<i32>(record, first, NODE_LEFT);
  const second = growNode(2 * place + 2, depth + 1, rightSet, rightSum, rightWeight, right);
  store<i32>(record, second, NODE_RIGHT);
  return node;
}

/** Whether a node is too deep or too light to be split. */
function isAtLimit(depth: i32, weight: f64): bool {
  return depth >= int(MAX_DEPTH) || weight < real(MIN_SPLIT_WEIGHT) || weight < 2 * real(MIN_LEAF_WEIGHT);
}

function searchNode(sum: f64, weight: f64, bins: usize, record: usize): bool {
  unpackNode(bins, int(TOTAL_BINS));
  return findSplit(sum, weight, record);
}

function countNode(set: usize, bins: usize): void {
  countSet(
    set, int(BIT_WORDS), word(JOINT_CODES), word(STRIDE), int(GROUPS), packed, word(JOINT_CELLS),
    word(PLAN), bins,
  );
}

function unpackNode(bins: usize, count: i32): void {
  unpackBins(bins, count, int(SHIFT), 1 / real(SCALE), word(HISTOGRAM));
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
  const deepest = int(MAX_DEPTH);
  let at = place;
  for (let level = depth; level < deepest; level++) {
    store<u32>(word(ROUTES) + (<usize>at << 2), <u32>word(ALL_LEFT));
    at = 2 * at + 1;
  }
  return at - ((1 << deepest) - 1);
}
