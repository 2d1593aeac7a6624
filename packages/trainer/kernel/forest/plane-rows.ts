import { RECORDS, ROWS, SIDE, TABLE, TARGETS } from "../../src/engine/forest/header";
import { int, word } from "../header/words";
import { allBins } from "./bins";
import { FILLED, FILLED_BINS, LANES } from "./scratch";

/*
 * Rows of a table of at most 32 columns, each of at most four bins, that of the missing cells included. A row is four
 * 32-bit words: plane 1 has the bits of the columns whose code is 1, planes 2 and 3 likewise, and the last word is
 * weight << 16 | sum. A tree's rows are moved in the order of its nodes.
 */

/** Most weight of a row, and of rows that are added up in one word. */
const MOST_WEIGHT = 32767;

/** Rows whose words add up without overflow. */
let rowsAtOnce = 1;
/** Takes the rows that weigh. Returns how many they are; -1 when one weighs too much. */
export function startPlanes(): i32 {
  const rows = int(ROWS);
  const table = word(TABLE);
  const targets = word(TARGETS);
  let to = word(RECORDS);
  let most = 0;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const packed = load<i64>(targets + (row << 3));
    const weight = <i32>(packed >> 32);
    // Written in any case, kept if it weighs: which rows a sample has is not to be guessed by a branch.
    v128.store(to, i32x4.replace_lane(v128.load(table + (row << 4)), 3, (weight << 16) | <i32>packed));
    to += <usize>(weight !== 0) << 4;
    most = max(most, weight);
  }
  rowsAtOnce = MOST_WEIGHT / max(1, most);
  return most > MOST_WEIGHT ? -1 : <i32>((to - word(RECORDS)) >> 4);
}

// The lanes of the columns that are counted: where each stands, and the bits that they test.
const LANE_OF: usize = LANES + 192;
const BITS: usize = LANES + 208;

// @ts-ignore: AssemblyScript
@inline
function addCounts(at: usize, packed: v128): void {
  v128.store(at, i32x4.add(v128.load(at), i32x4.shr_u(packed, 16)));
  v128.store(at, i32x4.add(v128.load(at, 16), v128.and(packed, i32x4.splat(0xffff))), 16);
}

/**
 * Counts four columns in planes 1 to `first`, and four more in planes 1 to `second`, which may be 0: constants where
 * this is called. OUT LANES: for each four and plane four weights, then four sums.
 */
// @ts-ignore: AssemblyScript
@inline
function countLanes(first: i32, second: i32, start: usize, end: usize): void {
  const bitsA = v128.load(BITS);
  const bitsB = v128.load(BITS, 16);
  for (let at: usize = 0; at < 192; at += 16) v128.store(LANES + at, i32x4.splat(0));
  const step = <usize>rowsAtOnce << 4;
  for (let from = start; from < end; ) {
    const to = min(end, from + step);
    let a1 = i32x4.splat(0);
    let a2 = i32x4.splat(0);
    let a3 = i32x4.splat(0);
    let b1 = i32x4.splat(0);
    let b2 = i32x4.splat(0);
    let b3 = i32x4.splat(0);
    for (; from < to; from += 16) {
      const count = v128.load32_splat(from, 12);
      const one = v128.load32_splat(from);
      a1 = i32x4.add(a1, v128.and(i32x4.eq(v128.and(one, bitsA), bitsA), count));
      if (second > 0) b1 = i32x4.add(b1, v128.and(i32x4.eq(v128.and(one, bitsB), bitsB), count));
      if (first > 1) {
        const two = v128.load32_splat(from, 4);
        a2 = i32x4.add(a2, v128.and(i32x4.eq(v128.and(two, bitsA), bitsA), count));
        if (second > 1) b2 = i32x4.add(b2, v128.and(i32x4.eq(v128.and(two, bitsB), bitsB), count));
      }
      if (first > 2) {
        const three = v128.load32_splat(from, 8);
        a3 = i32x4.add(a3, v128.and(i32x4.eq(v128.and(three, bitsA), bitsA), count));
        if (second > 2) b3 = i32x4.add(b3, v128.and(i32x4.eq(v128.and(three, bitsB), bitsB), count));
      }
    }
    addCounts(LANES, a1);
    if (first > 1) addCounts(LANES + 32, a2);
    if (first > 2) addCounts(LANES + 64, a3);
    if (second > 0) addCounts(LANES + 96, b1);
    if (second > 1) addCounts(LANES + 128, b2);
    if (second > 2) addCounts(LANES + 160, b3);
  }
}

/** Counts up to eight columns over a node's rows. */
export function countPlanes(columns: usize, count: i32, start: i32, end: i32): void {
  v128.store(BITS, i32x4.splat(0));
  v128.store(BITS, i32x4.splat(0), 16);
  // Columns of many bins get the first lanes, so that the others need not look at their planes.
  let many = 0;
  let most = 2;
  for (let i = 0; i < count; i++) {
    const column = load<i32>(columns + (<usize>i << 2));
    const bins = allBins(column);
    if (bins <= 2) continue;
    most = max(most, bins);
    store<u8>(LANE_OF + <usize>i, <u8>many);
    store<i32>(BITS + (<usize>many << 2), 1 << column);
    many++;
  }
  let lane = many;
  for (let i = 0; i < count; i++) {
    const column = load<i32>(columns + (<usize>i << 2));
    if (allBins(column) > 2) continue;
    store<u8>(LANE_OF + <usize>i, <u8>lane);
    store<i32>(BITS + (<usize>lane << 2), 1 << column);
    lane++;
  }
  const from = word(RECORDS) + (<usize>start << 4);
  const to = word(RECORDS) + (<usize>end << 4);
  if (count <= 4) {
    if (most === 2) countLanes(1, 0, from, to);
    else if (most === 3) countLanes(2, 0, from, to);
    else countLanes(3, 0, from, to);
  } else if (most === 2) countLanes(1, 1, from, to);
  else if (most === 3 && many <= 4) countLanes(2, 1, from, to);
  else if (most === 3) countLanes(2, 2, from, to);
  else countLanes(3, 3, from, to);
}

/** Reads the bins of a counted column, the missing one included, to FILLED. Returns how many the node has. */
export function readPlanes(index: i32, column: i32, nodeSum: f64, nodeWeight: f64): i32 {
  const lane = <usize>load<u8>(LANE_OF + <usize>index);
  const at = LANES + (lane >= 4 ? 96 + ((lane - 4) << 2) : lane << 2);
  const bins = allBins(column);
  const all = <i32>nodeWeight;
  const allSum = <i32>nodeSum;
  let count: usize = 0;
  let weight = all;
  let sum = allSum;
  for (let bin = 1; bin < bins; bin++) {
    weight -= load<i32>(at + (<usize>(bin - 1) << 5));
    sum -= load<i32>(at + (<usize>(bin - 1) << 5), 16);
  }
  for (let bin = 0; bin < bins; bin++) {
    if (bin > 0) {
      weight = load<i32>(at + (<usize>(bin - 1) << 5));
      sum = load<i32>(at + (<usize>(bin - 1) << 5), 16);
    }
    if (weight === 0) continue;
    store<i32>(FILLED_BINS + (count << 2), bin);
    store<f64>(FILLED + (count << 4), <f64>sum);
    store<f64>(FILLED + (count << 4), <f64>weight, 8);
    count++;
  }
  return <i32>count;
}

/** Bits of the columns that are alike in all of a node's rows. */
export function alikePlanes(start: i32, end: i32): u32 {
  const from = word(RECORDS) + (<usize>start << 4);
  const to = word(RECORDS) + (<usize>end << 4);
  const first = v128.load(from);
  let differs = i32x4.splat(0);
  for (let at = from + 16; at < to; at += 16) differs = v128.or(differs, v128.xor(first, v128.load(at)));
  return ~(i32x4.extract_lane(differs, 0) | i32x4.extract_lane(differs, 1) | i32x4.extract_lane(differs, 2));
}

/** Tells the rows that go elsewhere than those of code 0 do: they have one of these bits. */
// @ts-ignore: AssemblyScript
@inline
function otherBits(column: i32, goesLeft: usize): v128 {
  const bit = 1 << column;
  const none = load<u8>(goesLeft);
  return i32x4(
    load<u8>(goesLeft, 1) !== none ? bit : 0,
    load<u8>(goesLeft, 2) !== none ? bit : 0,
    load<u8>(goesLeft, 3) !== none ? bit : 0,
    0,
  );
}

/**
 * Parts a node's rows, keeping their order on both sides; returns where the right ones start.
 *
 * @param goesLeft a byte a bin, of 1 for those that go left
 */
export function partPlanes(column: i32, goesLeft: usize, start: i32, end: i32): i32 {
  const none = <i32>load<u8>(goesLeft);
  const others = otherBits(column, goesLeft);
  const records = word(RECORDS);
  const last = records + (<usize>end << 4);
  const side = word(SIDE);
  let left = records + (<usize>start << 4);
  let right = side;
  for (let at = left; at < last; at += 16) {
    const row = v128.load(at);
    const step = <usize>(<i32>v128.any_true(v128.and(row, others)) ^ none) << 4;
    v128.store(left, row);
    v128.store(right, row);
    left += step;
    right += 16 - step;
  }
  let to = left;
  for (let at = side; at < right; at += 16, to += 16) v128.store(to, v128.load(at));
  return <i32>((left - records) >> 4);
}

/** Moves the rows of one side to the start of the node's, those of the other are lost; returns where they end. */
export function keepPlanes(column: i32, goesLeft: usize, isRight: i32, start: i32, end: i32): i32 {
  const none = <i32>load<u8>(goesLeft) ^ isRight;
  const others = otherBits(column, goesLeft);
  const records = word(RECORDS);
  const last = records + (<usize>end << 4);
  let to = records + (<usize>start << 4);
  for (let at = to; at < last; at += 16) {
    const row = v128.load(at);
    v128.store(to, row);
    to += <usize>(<i32>v128.any_true(v128.and(row, others)) ^ none) << 4;
  }
  return <i32>((to - records) >> 4);
}
