import {
  BUILDS, CODES, COVER_BYTES, COVERS, COVER_SCALE, COUNT_SCALE, GRADIENT_SCALE, HELD_OUT, HESSIAN_SCALE, INCLUDED, MOMENTS,
  NEGATIVE_UNIT, NODE_IDS, POSITIVES, POSITIVE_UNIT, ROUTES, ROW_COUNTS, SCORES, STOCHASTIC, STRIDE, SUBSAMPLE, SUBSAMPLE_BOUND, TREE_SEED, VALUES,
  WEIGHTS,
} from "../../src/engine/hist/header";
import { mix, real, word } from "./words";

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

/** 1 / (1 + exp(-score)), to a billionth: the same on every machine, and faster than the library's. */
// @ts-ignore: AssemblyScript
@inline
function sigmoid(score: f64): f64 {
  const x = min(max(-score, -700.0), 700.0);
  const power = nearest(x * 1.4426950408889634);
  const r = x - power * 0.6931471805599453;
  // Taylor's series to the eighth power: |r| is at most 0.347.
  let e = 1.0 + r * (1.0 / 8.0);
  e = 1.0 + e * r * (1.0 / 7.0);
  e = 1.0 + e * r * (1.0 / 6.0);
  e = 1.0 + e * r * (1.0 / 5.0);
  e = 1.0 + e * r * (1.0 / 4.0);
  e = 1.0 + e * r * (1.0 / 3.0);
  e = 1.0 + e * r * 0.5;
  e = 1.0 + e * r;
  return 1.0 / (1.0 + e * reinterpret<f64>((<i64>(<i32>power) + 1023) << 52));
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
 * list's end. Random numbers come from the tree's seed and the row's index alone.
 */
export function startRows(start: usize, end: usize, area: usize, list: usize): usize {
  const scores = word(SCORES);
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
  const base = <u64>area << 32;
  let at = list;
  for (let row = start; row < end; row++) {
    let weight = <f64>load<f32>(weights + (row << 2));
    let positive = <f64>load<f32>(positives + (row << 2));
    if (heldOut !== 0 && load<u8>(heldOut + row) !== 0) {
      weight = 0.0;
      positive = 0.0;
    }
    let state: u32 = 0;
    if (drawing || byChance) state = mix(seed ^ mix(<u32>row));
    if (drawing) {
      const drawn = drawCopies(positive, positiveUnit, state ^ 0x5bd1e995, bound);
      weight = drawn + drawCopies(weight - positive, negativeUnit, state, bound);
      positive = drawn;
    }
    const p = sigmoid(load<f64>(scores + (row << 3)));
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
    const isIn = <u32>(weight > 0.0);
    store<u8>(included + row, <u8>isIn);
    store<u64>(at, <u64>row | base);
    at += <usize>isIn << 3;
  }
  return at;
}
