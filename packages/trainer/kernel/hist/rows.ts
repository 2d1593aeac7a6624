import {
  BUILDS, CODES, COVER_BYTES, COVERS, COVER_SCALE, COUNT_SCALE, GRADIENT_SCALE, HELD_OUT, HESSIAN_SCALE, INCLUDED, MOMENTS,
  NEGATIVE_UNIT, NODE_IDS, POSITIVES, POSITIVE_UNIT, ROUTES, ROW_COUNTS, SCORES, STOCHASTIC, STRIDE, SUBSAMPLE, SUBSAMPLE_BOUND, TREE_SEED, VALUES,
  WEIGHTS,
} from "../../src/engine/hist/header";
import { findProbabilities } from "./probabilities";
import { real, word } from "../header/words";
import { mix } from "./mix";

/*
 * Passes over the rows from `start` to `end` (exclusive). Those that fill histograms make a list for
 * addToHistograms without a jump: every row is written at the list's end, which moves on when the row counts.
 */

/** The node that a row goes to: its own when that is not split. */
// @ts-ignore: AssemblyScript
@inline
function nextNode(row: usize, ids: usize, routes: usize, cells: usize): usize {
  const route = routes + (<usize>load<u16>(ids + (row << 1)) << 4);
  const code = <usize>load<u8>(cells + load<u32>(route));
  return load<u32>(route, 8) + load<u8>(<usize>load<u32>(route, 4) + code);
}

/** Sends rows to the children of split nodes. Lists those in nodes that need a histogram; returns the list's end. */
export function splitRows(start: usize, end: usize, area: usize, list: usize): usize {
  const ids = word(NODE_IDS);
  const routes = word(ROUTES);
  const builds = word(BUILDS);
  const included = word(INCLUDED);
  const stride = word(STRIDE);
  const first = area - 1;
  let cells = word(CODES) + start * stride;
  let at = list;
  for (let row = start; row < end; row++) {
    const node = nextNode(row, ids, routes, cells);
    store<u16>(ids + (row << 1), <u16>node);
    const build = load<u32>(builds + (node << 2));
    store<u64>(at, <u64>row | (<u64>(first + build) << 32));
    at += (<usize>load<u8>(included + row) & <usize>(build !== 0)) << 3;
    cells += stride;
  }
  return at;
}

/** Sends rows to the tree's leaves, adds the leaves' answers to the scores, and brings the rows back to the root. */
export function settleRows(start: usize, end: usize, thread: usize): void {
  const ids = word(NODE_IDS);
  const routes = word(ROUTES);
  const values = word(VALUES);
  const scores = word(SCORES);
  const weights = word(WEIGHTS);
  const covers = word(COVERS) + thread * word(COVER_BYTES);
  const coverScale = real(COVER_SCALE);
  const stride = word(STRIDE);
  let cells = word(CODES) + start * stride;
  for (let row = start; row < end; row++) {
    const node = nextNode(row, ids, routes, cells) << 3;
    store<u16>(ids + (row << 1), 0);
    store<f64>(scores + (row << 3), load<f64>(scores + (row << 3)) + load<f64>(values + node));
    const cover = nearest(<f64>load<f32>(weights + (row << 2)) * coverScale);
    store<f64>(covers + node, load<f64>(covers + node) + cover);
    cells += stride;
  }
}

/** How much of `weight`, cut into copies of about `unit`, is drawn. */
function drawCopies(weight: f64, unit: f64, state: u32, bound: u32): f64 {
  if (weight <= 0.0) return 0.0;
  const copies = <u32>max(1.0, nearest(weight / unit));
  let taken: u32 = 0;
  for (let copy: u32 = 0; copy < copies; copy++) {
    taken += <u32>(mix(state + copy * 0x9e3779b9) < bound);
  }
  return (weight * <f64>taken) / <f64>copies;
}

/**
 * Finds the moments of rows, and lists those that take part in the tree, for the histogram at `area`; returns the
 * list's end.
 */
export function startRows(start: usize, end: usize, area: usize, list: usize): usize {
  findProbabilities(start, end);
  const plain = (word(SUBSAMPLE) | word(HELD_OUT) | word(STOCHASTIC) | word(ROW_COUNTS)) === 0;
  if (plain) findMoments(start, end);
  else findSampleMoments(start, end);
  const included = word(INCLUDED);
  const base = <u64>area << 32;
  let at = list;
  for (let row = start; row < end; row++) {
    store<u64>(at, <u64>row | base);
    at += <usize>load<u8>(included + row) << 3;
  }
  return at;
}

/** The moments of all copies of the rows from their probabilities, in their place; two rows at a time. */
function findMoments(start: usize, end: usize): void {
  const weights = word(WEIGHTS);
  const positives = word(POSITIVES);
  const moments = word(MOMENTS);
  const included = word(INCLUDED);
  const gradientScale = f64x2.splat(real(GRADIENT_SCALE));
  const hessianScale = f64x2.splat(real(HESSIAN_SCALE));
  const one = f64x2.splat(1.0);
  const zero = f64x2.splat(0.0);
  // The last pair may reach one row past the end, into padding.
  for (let row = start; row < end; row += 2) {
    const weight = f64x2.promote_low_f32x4(v128.load64_zero(weights + (row << 2)));
    const positive = f64x2.promote_low_f32x4(v128.load64_zero(positives + (row << 2)));
    const p = v128.load(moments + (row << 3));
    const expected = f64x2.mul(weight, p);
    const gradient = f64x2.mul(f64x2.sub(expected, positive), gradientScale);
    const hessian = f64x2.mul(f64x2.mul(expected, f64x2.sub(one, p)), hessianScale);
    const g = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(f64x2.nearest(gradient)));
    const h = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(f64x2.nearest(hessian)));
    v128.store(moments + (row << 3), i64x2.add(i64x2.shl(g, 32), h));
    const isIn = f64x2.gt(weight, zero);
    store<u8>(included + row, <u8>(i64x2.extract_lane(isIn, 0) & 1));
    store<u8>(included + row, <u8>(i64x2.extract_lane(isIn, 1) & 1), 1);
  }
}

/** As findMoments, of rows that are drawn or held out, or rounded by chance: by their index and the tree's seed. */
function findSampleMoments(start: usize, end: usize): void {
  const weights = word(WEIGHTS);
  const positives = word(POSITIVES);
  const moments = word(MOMENTS);
  const counts = word(ROW_COUNTS);
  const included = word(INCLUDED);
  const heldOut = word(HELD_OUT);
  const drawing = word(SUBSAMPLE) !== 0;
  const bound = <u32>word(SUBSAMPLE_BOUND);
  const byChance = word(STOCHASTIC) !== 0;
  const seed = <u32>word(TREE_SEED);
  const positiveUnit = real(POSITIVE_UNIT);
  const negativeUnit = real(NEGATIVE_UNIT);
  const gradientScale = real(GRADIENT_SCALE);
  const hessianScale = real(HESSIAN_SCALE);
  const countScale = real(COUNT_SCALE);
  for (let row = start; row < end; row++) {
    let weight = <f64>load<f32>(weights + (row << 2));
    let positive = <f64>load<f32>(positives + (row << 2));
    if (heldOut !== 0 && load<u8>(heldOut + row) !== 0) {
      weight = 0.0;
      positive = 0.0;
    }
    const state = mix(seed ^ mix(<u32>row));
    if (drawing) {
      const drawn = drawCopies(positive, positiveUnit, state ^ 0x5bd1e995, bound);
      weight = drawn + drawCopies(weight - positive, negativeUnit, state, bound);
      positive = drawn;
    }
    const p = load<f64>(moments + (row << 3));
    const expected = weight * p;
    let gradient = (expected - positive) * gradientScale;
    let hessian = expected * (1.0 - p) * hessianScale;
    if (byChance) {
      gradient = floor(gradient + <f64>mix(state + 0x68e31da4) * (1.0 / 4294967296.0));
      hessian = floor(hessian + <f64>mix(state + 0xb5297a4d) * (1.0 / 4294967296.0));
    } else {
      gradient = nearest(gradient);
      hessian = nearest(hessian);
    }
    store<i64>(moments + (row << 3), (<i64>(<i32>gradient) << 32) + <i64>(<i32>hessian));
    if (counts !== 0) store<i64>(counts + (row << 3), <i64>nearest(weight * countScale));
    store<u8>(included + row, <u8>(weight > 0.0));
  }
}
