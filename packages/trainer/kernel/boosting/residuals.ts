import { SAMPLE_COUNT, SAMPLE_ROWS, SAMPLE_WEIGHTS, TAKING } from "../../src/engine/boosting/header";
import { word } from "./words";

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
 * @param shift where a weight stands in `packed`
 * @param packed OUT, int64: (weight << shift) + rounded residual
 * @param moments OUT, two float64: residual = sum - weight p, and weight p (1 - p)
 */
export function findResiduals(
  rows: i32, odds: usize, leaf: usize, factor: usize, sums: usize, weights: usize,
  scale: f64, shift: i32, packed: usize, moments: usize,
): void {
  const one = f64x2.splat(1);
  const scales = f64x2.splat(scale);
  const rounder = f64x2.splat(ROUNDER);
  const rounderBits = i64x2.splat(ROUNDER_BITS);
  for (let row = 0; row < rows; row += 2) {
    const at = <usize>row << 3;
    const o = multiplied(odds + at, leaf + row, factor);
    v128.store(odds + at, o);
    const p = f64x2.div(one, f64x2.add(one, o));
    const w = v128.load(weights + at);
    const wp = f64x2.mul(w, p);
    const residual = f64x2.sub(v128.load(sums + at), wp);
    const curvature = f64x2.mul(wp, f64x2.sub(one, p));
    v128.store(moments + (at << 1), v128.shuffle<i64>(residual, curvature, 0, 2));
    v128.store(moments + (at << 1), v128.shuffle<i64>(residual, curvature, 1, 3), 16);
    const level = i64x2.sub(f64x2.add(f64x2.mul(residual, scales), rounder), rounderBits);
    const weight = i64x2.sub(f64x2.add(w, rounder), rounderBits);
    v128.store(packed + at, i64x2.add(level, i64x2.shl(weight, shift)));
  }
}

/** Lists the places of the sample, ascending, as int32. */
export function listSample(): void {
  const places = word(TAKING);
  const weights = word(SAMPLE_WEIGHTS);
  const list = word(SAMPLE_ROWS);
  let end = list;
  for (let place: usize = 0; place < places; place++) {
    store<i32>(end, <i32>place);
    end += <usize>(load<f64>(weights + (place << 3)) > 0) << 2;
  }
  store<i32>(SAMPLE_COUNT << 2, <i32>((end - list) >> 2));
}

/** OUT `sums`: for each of `leaves`, both moments over its rows, in the order of the rows. */
export function sumLeaves(rows: i32, leaf: usize, moments: usize, leaves: i32, sums: usize): void {
  memory.fill(sums, 0, <usize>leaves << 4);
  for (let row = 0; row < rows; row++) {
    const at = sums + (<usize>load<u8>(leaf + row) << 4);
    v128.store(at, f64x2.add(v128.load(at), v128.load(moments + (<usize>row << 4))));
  }
}
