import { IS_WHOLE, PAIRS, ROWS, STATE, TARGETS, TOTAL } from "../../src/engine/forest/header";
import { int, setInt, word } from "../header/words";

/*
 * What a tree is grown on, per row of the table at TARGETS: whole numbers as one int64, weight << 32 | sum; any others as
 * two float64, sum and weight.
 */

/** Weights of whole targets add up to less than this. */
const MOST_WEIGHT: f64 = 2147483648;

/** Rows that are drawn from at a time, as engine/bootstrap.ts: what is read and counted of so many stays in the cache. */
const STRETCH = 16384;

/** Takes the targets of some rows, from row `first` on: float64 sums and weights. */
export function takeTargets(first: i32, count: i32, sums: usize, weights: usize): void {
  const to = word(TARGETS) + (<usize>first << 4);
  for (let row: usize = 0; row < <usize>count; row++) {
    store<f64>(to + (row << 4), load<f64>(sums + (row << 3)));
    store<f64>(to + (row << 4), load<f64>(weights + (row << 3)), 8);
  }
}

/** Packs the targets that were taken where they are whole numbers. Returns 1 where they are. */
export function packTargets(): i32 {
  const targets = word(TARGETS);
  const rows = word(ROWS);
  let total: f64 = 0;
  let fractions: f64 = 0;
  let pairs = 0;
  for (let row: usize = 0; row < rows; row++) {
    const sum = load<f64>(targets + (row << 4));
    const weight = load<f64>(targets + (row << 4), 8);
    total += weight;
    fractions += weight - floor(weight) + (sum - floor(sum));
    pairs += <i32>(sum > 0) + <i32>(weight > sum);
  }
  const isWhole = fractions === 0 && total < MOST_WEIGHT;
  setInt(IS_WHOLE, <i32>isWhole);
  if (!isWhole) return 0;
  for (let row: usize = 0; row < rows; row++) {
    const sum = load<f64>(targets + (row << 4));
    const weight = load<f64>(targets + (row << 4), 8);
    store<i64>(targets + (row << 3), (<i64>weight << 32) | <i64>sum);
  }
  setInt(TOTAL, <i32>total);
  setInt(PAIRS, pairs);
  return 1;
}

/**
 * Writes out the rows that samples are drawn from: a word a row and copy, row << 1 | class.
 *
 * @param keys OUT: as many words as the targets weigh together
 */
export function writeKeys(keys: usize): void {
  const targets = word(TARGETS);
  let to = keys;
  for (let row = 0, rows = int(ROWS); row < rows; row++) {
    const packed = load<i64>(targets + (<usize>row << 3));
    const positive = <i32>packed;
    const negative = <i32>(packed >> 32) - positive;
    for (let i = 0; i < negative; i++, to += 4) store<i32>(to, row << 1);
    for (let i = 0; i < positive; i++, to += 4) store<i32>(to, (row << 1) | 1);
  }
}

/**
 * Draws a bootstrap sample: its counts become the targets. The numbers are those of Bootstrap in engine/bootstrap.ts.
 *
 * @param keys those of writeKeys
 * @param total how many they are
 * @param draws of each stretch of keys, int32
 */
export function drawSample(keys: usize, total: i32, draws: usize): void {
  const targets = word(TARGETS);
  memory.fill(targets, 0, word(ROWS) << 3);
  const state = <usize>STATE << 2;
  let s0 = load<u32>(state);
  let s1 = load<u32>(state, 4);
  let s2 = load<u32>(state, 8);
  let s3 = load<u32>(state, 12);
  let ofStretch = draws;
  for (let start = 0; start < total; start += STRETCH, ofStretch += 4) {
    const from = keys + (<usize>start << 2);
    const length = <u64>min(STRETCH, total - start);
    for (let left = load<i32>(ofStretch); left > 0; left--) {
      const number: u32 = rotl<u32>(s1 * 5, 7) * 9;
      const t = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= t;
      s3 = rotl<u32>(s3, 11);
      const key = load<u32>(from + (<usize>((<u64>number * length) >> 32) << 2));
      const row = targets + (<usize>(key >> 1) << 3);
      store<i64>(row, load<i64>(row) + (((<i64>1) << 32) | <i64>(key & 1)));
    }
  }
  store<u32>(state, s0);
  store<u32>(state, s1, 4);
  store<u32>(state, s2, 8);
  store<u32>(state, s3, 12);
}
