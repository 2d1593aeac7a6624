import { SAMPLE_BITS, SAMPLE_PACKED, SAMPLE_WEIGHTS, SHIFT, TAKING } from "../../src/engine/boosting/header";
import { int, word } from "../header/words";

/*
 * Per row, two at a time: rows are padded to an even number with one that weighs nothing.
 */

/** 1.5 * 2^52: added to a smaller number it leaves the number, rounded to an integer, in the low bits. */
const ROUNDER: f64 = 6755399441055744.0;
const ROUNDER_BITS: i64 = 0x4338000000000000;
/** Odds are kept this far from 0 and from overflow: the answers there are 0 or 1 to the last bit. */
const LARGEST_ODDS: f64 = 1e300;
const LEAST_ODDS: f64 = 1e-300;

// @ts-ignore: AssemblyScript
@inline
function multiplied(odds: usize, leaf: usize, factor: usize): v128 {
  const factors = v128.load64_lane(
    factor + (<usize>load<u8>(leaf, 1) << 3),
    v128.load64_zero(factor + (<usize>load<u8>(leaf) << 3)),
    1,
  );
  const product = f64x2.mul(v128.load(odds), factors);
  return f64x2.pmin(f64x2.splat(LARGEST_ODDS), f64x2.pmax(f64x2.splat(LEAST_ODDS), product));
}

/** Multiplies each row's odds by the factor of its leaf. Arguments as in findResiduals. */
export function multiplyOdds(rows: i32, odds: usize, leaf: usize, factor: usize): void {
  for (let row: usize = 0; row < <usize>rows; row += 2) {
    v128.store(odds + (row << 3), multiplied(odds + (row << 3), leaf + row, factor));
  }
}

/**
 * Multiplies each row's odds by the factor of its leaf in the last tree, then finds what the next tree is grown on.
 *
 * @param rows multiple of 2
 * @param odds IN and OUT, float64: exp(-score)
 * @param leaf of the last tree, a byte
 * @param factor a leaf, float64
 * @param sums, weights of the sample, float64
 * @param scale residuals are multiplied by this and rounded
 * @param start int64 as markSample leaves it: (weight << SHIFT), less the bits of the number that rounds
 * @param packed OUT, int64: (weight << SHIFT) + rounded residual
 * @param probabilities OUT, float64
 */
export function findResiduals(
  rows: i32, odds: usize, leaf: usize, factor: usize, sums: usize, weights: usize,
  scale: f64, start: usize, packed: usize, probabilities: usize,
): void {
  const one = f64x2.splat(1);
  const scales = f64x2.splat(scale);
  const rounder = f64x2.splat(ROUNDER);
  for (let row = 0; row < rows; row += 2) {
    const at = <usize>row << 3;
    const o = multiplied(odds + at, leaf + row, factor);
    v128.store(odds + at, o);
    const p = f64x2.div(one, f64x2.add(one, o));
    const w = v128.load(weights + at);
    const residual = f64x2.sub(v128.load(sums + at), f64x2.mul(w, p));
    v128.store(probabilities + at, p);
    const level = f64x2.add(f64x2.mul(residual, scales), rounder);
    v128.store(packed + at, i64x2.add(level, v128.load(start + at)));
  }
}

/** Marks the places of a sample, and finds what their packed numbers begin as. */
export function markSample(): void {
  const places = word(TAKING);
  const weights = word(SAMPLE_WEIGHTS);
  const packed = word(SAMPLE_PACKED);
  const shift = int(SHIFT);
  const rounder = f64x2.splat(ROUNDER);
  const rounderBits = i64x2.splat(ROUNDER_BITS);
  let set = word(SAMPLE_BITS);
  for (let first: usize = 0; first < places; first += 64, set += 8) {
    let bits: u64 = 0;
    for (let place = first, end = min(places, first + 64); place < end; place += 2) {
      const w = v128.load(weights + (place << 3));
      bits |= <u64>i64x2.bitmask(f64x2.gt(w, f64x2.splat(0))) << (place - first);
      const weight = i64x2.sub(f64x2.add(w, rounder), rounderBits);
      v128.store(packed + (place << 3), i64x2.sub(i64x2.shl(weight, shift), rounderBits));
    }
    store<u64>(set, bits);
  }
}

/**
 * OUT `leafSums`: for each of `leaves`, the sums of the residual, sum - weight p, and of weight p (1 - p) over its rows.
 * Those of even and of odd rows are added up apart, so that a row seldom waits for the one before it.
 *
 * @param leafSums two float64 a leaf, and as much room again behind them
 */
export function sumLeaves(
  rows: i32, leaf: usize, sums: usize, weights: usize, probabilities: usize, leaves: i32, leafSums: usize,
): void {
  const one = f64x2.splat(1);
  const bytes = <usize>leaves << 4;
  const odd = leafSums + bytes;
  memory.fill(leafSums, 0, 2 * bytes);
  for (let row: usize = 0; row < <usize>rows; row += 2) {
    const p = v128.load(probabilities + (row << 3));
    const wp = f64x2.mul(v128.load(weights + (row << 3)), p);
    const residual = f64x2.sub(v128.load(sums + (row << 3)), wp);
    const curvature = f64x2.mul(wp, f64x2.sub(one, p));
    addMoments(leafSums + (<usize>load<u8>(leaf + row) << 4), v128.shuffle<i64>(residual, curvature, 0, 2));
    addMoments(odd + (<usize>load<u8>(leaf + row, 1) << 4), v128.shuffle<i64>(residual, curvature, 1, 3));
  }
  for (let at: usize = 0; at < bytes; at += 16) addMoments(leafSums + at, v128.load(odd + at));
}

// @ts-ignore: AssemblyScript
@inline
function addMoments(cell: usize, moments: v128): void {
  v128.store(cell, f64x2.add(v128.load(cell), moments));
}
