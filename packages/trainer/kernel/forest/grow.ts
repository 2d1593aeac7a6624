import {
  BIN_SET_WORDS, COLUMNS, COLUMNS_PER_SPLIT, COUNT_BYTES, COUNTS, DRAWN, DRAWS_BOUNDS, IS_ENTROPY, IS_PLANES, IS_WHOLE,
  LIST_ROWS, MAX_DEPTH, MIN_LEAF, MIN_SPLIT, NODES, ORDER, RECORDS, RECORD_ROOM, ROWS, SIDE, STACK, STRIDE, TARGETS,
} from "../../src/engine/forest/header";
import { int, real, setInt, setWord, word } from "../header/words";
import { hasMissing, isCategorical, valueBins } from "./bins";
import { tryBestBound } from "./best-bound";
import { keepList, partCodes, partList } from "./code-parts";
import { FEW_ROWS, countCodes, isAlike, makeMarks, readCodes, startCodes, startList } from "./code-rows";
import { isPure } from "./criterion";
import { tryDrawnBound } from "./drawn-bound";
import { reserve } from "./room";
import { FILLED, FILLED_BINS, GOES_LEFT } from "./scratch";
import { addLeaf, splitByBound, splitBySet } from "./nodes";
import { alikePlanes, countPlanes, keepPlanes, partPlanes, readPlanes, startPlanes } from "./plane-rows";
import { nextUint32 } from "./random";
import {
  beginNode, bestCost, bound, completeGoesLeft, feature, leftBin, leftSum, leftWeight, missingLeft, rightBin,
} from "./split";
import { CONSTANT, copyConstant, entryBytes, fillEntry, isConstant, makeRoom, setConstant } from "./stack";

/** How the rows of a tree are held. */
const PLANES = 0;
const WHOLE = 1;
const LISTED = 2;
const FRACTIONS = 3;

/** So few rows may be alike in so many columns that it pays to look at all of them at once. */
const ALIKE_ROWS = 16;

/** Most weight of a node whose counts fit 16 bits. */
const SMALL_WEIGHT: f64 = 32767;

// @ts-ignore: AssemblyScript
@inline
function staysLeaf(depth: i32, sum: f64, weight: f64): bool {
  return (
    depth >= int(MAX_DEPTH) ||
    weight < real(MIN_SPLIT) ||
    weight < 2 * real(MIN_LEAF) ||
    isPure(sum, weight)
  );
}

/** Sees to it that the rows of a tree have room, and a little more than this tree needs: the next one may have more. */
function makeRecordRoom(rows: i32): void {
  // One more: rows are written before it is known whether they are kept.
  const countBytes = max(int(COUNT_BYTES), int(IS_WHOLE) !== 0 ? 8 : 16);
  if (rows < int(RECORD_ROOM) && countBytes === int(COUNT_BYTES)) return;
  const room = max(int(RECORD_ROOM), rows + (rows >> 5) + 64);
  setInt(COUNT_BYTES, countBytes);
  setInt(RECORD_ROOM, room);
  const inPlanes = int(IS_PLANES) !== 0;
  setWord(RECORDS, reserve(<u64>room * <u64>word(STRIDE)));
  if (inPlanes) setWord(SIDE, reserve(<u64>room << 4));
  else setWord(COUNTS, reserve(<u64>room * <u64>countBytes));
}

/**
 * Grows a tree on the targets, depth first. Returns how many nodes it has, which are in the node arrays; -1 when the
 * weights do not fit rows in planes.
 */
export function grow(): i32 {
  const stride = entryBytes();
  setInt(NODES, 0);
  setInt(BIN_SET_WORDS, 0);
  const cols = int(COLUMNS);
  for (let i = 0; i < cols; i++) store<i32>(word(ORDER) + (<usize>i << 2), i);
  const targets = word(TARGETS);
  const isWhole = int(IS_WHOLE) !== 0;
  const inPlanes = int(IS_PLANES) !== 0;
  if (inPlanes && !isWhole) return -1;
  let sum: f64 = 0;
  let weight: f64 = 0;
  let rows = 0;
  if (isWhole) {
    let total: i64 = 0;
    for (let row: usize = 0, height = word(ROWS); row < height; row++) {
      const packed = load<i64>(targets + (row << 3));
      total += packed;
      rows += <i32>(packed !== 0);
    }
    sum = <f64>(total & 0xffffffff);
    weight = <f64>(total >> 32);
  } else {
    for (let row: usize = 0, height = word(ROWS); row < height; row++) {
      const ofRow = load<f64>(targets + (row << 4), 8);
      sum += load<f64>(targets + (row << 4));
      weight += ofRow;
      rows += <i32>(ofRow > 0);
    }
  }
  makeRecordRoom(rows);
  if (!inPlanes) makeMarks();
  let kind = inPlanes ? PLANES : isWhole ? WHOLE : FRACTIONS;
  rows = inPlanes ? startPlanes() : isWhole ? startCodes<i64>() : startCodes<v128>();
  if (rows < 0) return -1;
  fillEntry(word(STACK), -1, 0, 0, 0, rows, sum, weight);
  memory.fill(word(STACK) + CONSTANT, 0, stride - CONSTANT);

  let size = 1;
  /** The place of the node that the list is for; nodes beneath it on the stack are not of the list. */
  let listPlace = i32.MAX_VALUE;
  while (size > 0) {
    const place = --size;
    let entry = word(STACK) + <usize>place * stride;
    const sum = load<f64>(entry, 24);
    const weight = load<f64>(entry, 32);
    const depth = load<i32>(entry, 8);
    const node = addLeaf(sum, weight, load<i32>(entry), load<i32>(entry, 4));
    if (staysLeaf(depth, sum, weight)) continue;

    let start = load<i32>(entry, 12);
    let end = load<i32>(entry, 16);
    if (place < listPlace && kind === LISTED) {
      kind = WHOLE;
      listPlace = i32.MAX_VALUE;
    }
    if (kind === WHOLE && end - start <= int(LIST_ROWS) && weight <= SMALL_WEIGHT) {
      startList(start, end);
      end -= start;
      start = 0;
      kind = LISTED;
      listPlace = place;
    }
    beginNode(sum, weight, real(MIN_LEAF));
    findSplit(kind, entry, start, end, sum, weight);
    if (feature < 0) continue;
    completeGoesLeft();
    if (isCategorical(feature)) splitBySet(node, feature, missingLeft, GOES_LEFT, valueBins(feature) + 1);
    else splitByBound(node, feature, missingLeft, leftBin, rightBin, bound);

    const rightSum = sum - leftSum;
    const rightWeight = weight - leftWeight;
    const leftStays = staysLeaf(depth + 1, leftSum, leftWeight);
    const rightStays = staysLeaf(depth + 1, rightSum, rightWeight);
    let middle = start;
    if (kind === WHOLE) {
      if (!(leftStays && rightStays)) middle = partCodes<i64>(feature, GOES_LEFT, start, end);
    } else if (kind === FRACTIONS) {
      if (!(leftStays && rightStays)) middle = partCodes<v128>(feature, GOES_LEFT, start, end);
    } else if (leftStays !== rightStays) {
      // The rows of a leaf are not read again.
      const kept =
        kind === PLANES
          ? keepPlanes(feature, GOES_LEFT, <i32>leftStays, start, end)
          : keepList(feature, GOES_LEFT, <i32>leftStays, start, end);
      end = kept;
      if (rightStays) middle = kept;
    } else if (!leftStays) {
      middle =
        kind === PLANES
          ? partPlanes(feature, GOES_LEFT, start, end)
          : partList(feature, GOES_LEFT, start, end);
    }
    makeRoom(place + 1);
    entry = word(STACK) + <usize>place * stride;
    // The right child gets this node's place on the stack, and so its constant columns; the left a copy.
    copyConstant(entry, entry + stride);
    fillEntry(entry, node, 1, depth + 1, middle, end, rightSum, rightWeight);
    fillEntry(entry + stride, node, 0, depth + 1, start, middle, leftSum, leftWeight);
    size = place + 2;
  }
  return int(NODES);
}

/** Draws columns and tries them; the split's feature stays -1 when there is none. */
function findSplit(kind: i32, entry: usize, start: i32, end: i32, sum: f64, weight: f64): void {
  const cols = int(COLUMNS);
  const perSplit = int(COLUMNS_PER_SPLIT);
  const takesAll = perSplit === cols && int(DRAWS_BOUNDS) === 0;
  const drawn = word(DRAWN);
  const isSmall = end - start <= ALIKE_ROWS && kind <= LISTED;
  // One row by itself, of both classes, is alike in every column.
  if (end - start === 1) markConstant(kind, entry, start, end);
  // Where costs are exact none is below 0: a split that leaves two pure children is not to be bettered. Cells that many
  // rows were counted into must be read, though.
  const isExact =
    int(IS_ENTROPY) === 0 &&
    int(DRAWS_BOUNDS) === 0 &&
    (kind === PLANES || (kind !== FRACTIONS && end - start <= FEW_ROWS));
  let visited = 0;
  let found = false;
  while (visited < cols && (visited < perSplit || !found)) {
    const upTo = max(perSplit, visited + 1);
    const count = takesAll ? takeAll(entry) : draw(entry, visited, upTo);
    visited = upTo;
    const atOnce = kind === PLANES ? 8 : 6;
    for (let first = 0; first < count; first += atOnce) {
      const columns = drawn + (<usize>first << 2);
      const some = min(atOnce, count - first);
      if (kind === PLANES) countPlanes(columns, some, start, end);
      else if (kind === LISTED) countCodes<i32>(columns, some, start, end);
      else if (kind === WHOLE) countCodes<i64>(columns, some, start, end);
      else countCodes<v128>(columns, some, start, end);
      for (let i = 0; i < some && !(isExact && bestCost <= 0); i++) {
        const column = load<i32>(columns + (<usize>i << 2));
        const filled =
          kind === PLANES ? readPlanes(i, column, sum, weight)
          : kind === LISTED ? readCodes<i32>(i)
          : kind === WHOLE ? readCodes<i64>(i)
          : readCodes<v128>(i);
        if (tryColumn(column, filled)) found = true;
        else setConstant(entry, column);
      }
    }
    if (!found && isSmall && visited === perSplit) markConstant(kind, entry, start, end);
  }
}

/** Tries splits of a column whose bins stand at FILLED. Returns false when the column is constant in the node. */
// @ts-ignore: AssemblyScript
@inline
function tryColumn(column: i32, filled: i32): bool {
  if (filled < 2) return false;
  let count = filled;
  let missingSum: f64 = 0;
  let missingWeight: f64 = 0;
  if (hasMissing(column)) {
    const last = <usize>(filled - 1);
    if (load<i32>(FILLED_BINS + (last << 2)) === valueBins(column)) {
      missingSum = load<f64>(FILLED + (last << 4));
      missingWeight = load<f64>(FILLED + (last << 4), 8);
      count--;
    }
  }
  if (int(DRAWS_BOUNDS) !== 0) tryDrawnBound(column, count, missingSum, missingWeight);
  else tryBestBound(column, count, missingSum, missingWeight);
  return true;
}

/**
 * Draws columns without replacement: those of rank `visited` to `upTo` (exclusive) of the node's draw. Returns how many
 * of them are not known to be constant: they are at DRAWN.
 */
function draw(entry: usize, visited: i32, upTo: i32): i32 {
  const cols = int(COLUMNS);
  const order = word(ORDER);
  let drawn = word(DRAWN);
  for (let rank = visited; rank < upTo; rank++) {
    const at = rank + <i32>((<u64>nextUint32() * <u64>(cols - rank)) >> 32);
    const from = order + (<usize>at << 2);
    const column = load<i32>(from);
    store<i32>(from, load<i32>(order + (<usize>rank << 2)));
    store<i32>(order + (<usize>rank << 2), column);
    store<i32>(drawn, column);
    drawn += <usize>!isConstant(entry, column) << 2;
  }
  return <i32>((drawn - word(DRAWN)) >> 2);
}

/** Takes all columns that are not known to be constant, in order: they are at DRAWN. Returns how many they are. */
function takeAll(entry: usize): i32 {
  let drawn = word(DRAWN);
  for (let column = 0, cols = int(COLUMNS); column < cols; column++) {
    store<i32>(drawn, column);
    drawn += <usize>!isConstant(entry, column) << 2;
  }
  return <i32>((drawn - word(DRAWN)) >> 2);
}

/** Notes all columns that are constant in a node of few rows. */
function markConstant(kind: i32, entry: usize, start: i32, end: i32): void {
  if (kind === PLANES) {
    store<u64>(entry, load<u64>(entry, CONSTANT) | alikePlanes(start, end), CONSTANT);
  } else if (kind === LISTED) {
    for (let column = 0, cols = int(COLUMNS); column < cols; column++) {
      if (isAlike(column, start, end)) setConstant(entry, column);
    }
  }
}
