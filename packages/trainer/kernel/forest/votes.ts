import { BIN_SETS, COLUMNS, IS_PLANES, STRIDE, TABLE } from "../../src/engine/forest/header";
import { int, word } from "../header/words";
import { highest, isCategorical, lowest, valueBins } from "./bins";
import { reserve, restore } from "./room";
import { boundOf, shareOf } from "./node-answers";
import { BIN_SET, FEATURE, LEFT, LEFT_BIN, MISSING_LEFT, RIGHT, RIGHT_BIN, fieldOf } from "./nodes";

/** No bin at all. */
const NO_BIN = 256;

// @ts-ignore: AssemblyScript
@inline
function i32Of(field: i32, node: usize): i32 {
  return load<i32>(fieldOf(field) + (node << 2));
}

/** The last bin whose values are all at or below a numeric node's bound. */
function lastLeftBin(node: usize, column: i32, bound: f64): i32 {
  let bin = <i32>load<i16>(fieldOf(LEFT_BIN) + (node << 1));
  const rightBin = <i32>load<i16>(fieldOf(RIGHT_BIN) + (node << 1));
  if (rightBin < 0) return valueBins(column) - 1;
  while (bin + 1 < rightBin && highest(column, bin + 1) <= bound) bin++;
  return bin;
}

// @ts-ignore: AssemblyScript
@inline
function setHas(node: usize, bin: i32): bool {
  const set = word(BIN_SETS) + (<usize>i32Of(BIN_SET, node) << 2);
  return ((load<u8>(set + <usize>(bin >> 3)) >> <u8>(bin & 7)) & 1) !== 0;
}

/**
 * Adds what the first `nodes` nodes, which are a tree, answer for some rows of the table.
 *
 * @param rows indices of the rows, int32
 * @param values the rows' own numbers, float64 row by row; 0 where every numeric bin is of a single value
 * @param answers IN and OUT, float64 a row
 */
export function addVotes(nodes: i32, rows: usize, count: i32, values: usize, answers: usize): void {
  if (int(IS_PLANES) !== 0) addPlaneVotes(<usize>nodes, rows, <usize>count, answers);
  else addCodeVotes(<usize>nodes, rows, <usize>count, values, answers);
}

// @ts-ignore: AssemblyScript
@inline
function nextOf(first: usize, node: usize, row: v128): usize {
  const at = first + node;
  return <usize>load<u32>(at + (<usize>v128.any_true(v128.and(row, v128.load(at))) << 2), 16);
}

// @ts-ignore: AssemblyScript
@inline
function planesOf(table: usize, rows: usize, i: usize, last: usize): v128 {
  return v128.load(table + (<usize>load<u32>(rows + (min(i, last) << 2)) << 4));
}

// @ts-ignore: AssemblyScript
@inline
function addAnswer(answers: usize, i: usize, count: usize, leaf: usize): void {
  if (i >= count) return;
  const answer = answers + (i << 3);
  store<f64>(answer, load<f64>(answer) + load<f64>(leaf, 24));
}

/**
 * A node is 32 bytes: which bits of a row's planes it tests; where to go on, from the first node, when none is set and when
 * any is, a leaf to itself; and its answer. Rows go four at a time: each waits for one load after the other.
 */
function addPlaneVotes(nodes: usize, rows: usize, count: usize, answers: usize): void {
  const first = reserve(<u64>nodes << 5);
  for (let node: usize = 0; node < nodes; node++) {
    const to = first + (node << 5);
    const column = i32Of(FEATURE, node);
    if (column < 0) {
      store<i32>(to, <i32>(node << 5), 16);
      store<i32>(to, <i32>(node << 5), 20);
      store<f64>(to, shareOf(node), 24);
      v128.store(to, i32x4.splat(0));
      continue;
    }
    let left: u32 = 0;
    const bins = valueBins(column);
    if (isCategorical(column)) {
      for (let bin = 0; bin < bins; bin++) left |= <u32>setHas(node, bin) << bin;
    } else {
      left = (2 << lastLeftBin(node, column, boundOf(node, column))) - 1;
    }
    if (load<u8>(fieldOf(MISSING_LEFT) + node) !== 0) left |= 1 << bins;
    const others = (left & 1) !== 0 ? ~left : left;
    const bit = 1 << column;
    v128.store(to, i32x4((others & 2) !== 0 ? bit : 0, (others & 4) !== 0 ? bit : 0, (others & 8) !== 0 ? bit : 0, 0));
    const leftChild = i32Of(LEFT, node) << 5;
    const rightChild = i32Of(RIGHT, node) << 5;
    store<i32>(to, (left & 1) !== 0 ? leftChild : rightChild, 16);
    store<i32>(to, (left & 1) !== 0 ? rightChild : leftChild, 20);
  }
  const table = word(TABLE);
  const last = count - 1;
  for (let i: usize = 0; i < count; i += 4) {
    const rowA = planesOf(table, rows, i, last);
    const rowB = planesOf(table, rows, i + 1, last);
    const rowC = planesOf(table, rows, i + 2, last);
    const rowD = planesOf(table, rows, i + 3, last);
    let a: usize = 0;
    let b: usize = 0;
    let c: usize = 0;
    let d: usize = 0;
    let moved: usize;
    do {
      const toA = nextOf(first, a, rowA);
      const toB = nextOf(first, b, rowB);
      const toC = nextOf(first, c, rowC);
      const toD = nextOf(first, d, rowD);
      moved = (toA ^ a) | (toB ^ b) | (toC ^ c) | (toD ^ d);
      a = toA;
      b = toB;
      c = toC;
      d = toD;
    } while (moved !== 0);
    addAnswer(answers, i, count, first + a);
    addAnswer(answers, i + 1, count, first + b);
    addAnswer(answers, i + 2, count, first + c);
    addAnswer(answers, i + 3, count, first + d);
  }
  restore(first);
}

/**
 * A node is 40 bytes: int32 column, below 0 for a leaf; the last bin that goes left, when counted from the turn on; the
 * turn, which makes the missing bin the first one where it goes left; the bin that the bound runs through; both
 * children, from the first node; the word where a set of bins starts, or below 0; then the bound, or a leaf's answer.
 */
function addCodeVotes(nodes: usize, rows: usize, count: usize, values: usize, answers: usize): void {
  const first = reserve(<u64>nodes * 40);
  for (let node: usize = 0; node < nodes; node++) {
    const to = first + node * 40;
    const column = i32Of(FEATURE, node);
    store<i32>(to, column);
    if (column < 0) {
      store<f64>(to, shareOf(node), 32);
      continue;
    }
    store<i32>(to, 40 * i32Of(LEFT, node), 16);
    store<i32>(to, 40 * i32Of(RIGHT, node), 20);
    store<i32>(to, i32Of(BIN_SET, node), 24);
    if (isCategorical(column)) continue;
    const bound = boundOf(node, column);
    const last = lastLeftBin(node, column, bound);
    const turn = load<u8>(fieldOf(MISSING_LEFT) + node) !== 0 ? 256 - valueBins(column) : 0;
    const next = last + 1;
    store<i32>(to, last + turn, 4);
    store<i32>(to, turn, 8);
    store<i32>(to, next < valueBins(column) && lowest(column, next) <= bound ? next : NO_BIN, 12);
    store<f64>(to, bound, 32);
  }
  const stride = word(STRIDE);
  const cols = word(COLUMNS);
  const sets = word(BIN_SETS);
  for (let i: usize = 0; i < count; i++) {
    const row = word(TABLE) + <usize>load<u32>(rows + (i << 2)) * stride;
    let at = first;
    for (;;) {
      const column = load<i32>(at);
      if (column < 0) break;
      const code = <i32>load<u8>(row + <usize>column);
      let isRight: bool;
      if (load<i32>(at, 24) >= 0) {
        const byte = load<u8>(sets + (<usize>load<i32>(at, 24) << 2) + <usize>(code >> 3));
        isRight = ((byte >> <u8>(code & 7)) & 1) === 0;
      } else if (code === load<i32>(at, 12)) {
        isRight = load<f64>(values + ((i * cols + <usize>column) << 3)) > load<f64>(at, 32);
      } else {
        isRight = ((code + load<i32>(at, 8)) & 255) > load<i32>(at, 4);
      }
      at = first + <usize>load<i32>(at + (<usize>isRight << 2), 16);
    }
    const answer = answers + (i << 3);
    store<f64>(answer, load<f64>(answer) + load<f64>(at, 32));
  }
  restore(first);
}
