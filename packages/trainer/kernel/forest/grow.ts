import {
  BIN_SET_WORDS, COLUMNS, COUNTS, COUNT_BYTES, IS_PLANES, IS_WHOLE, LIST_ROWS, MAX_DEPTH, MIN_LEAF, MIN_SPLIT, NODES,
  ORDER, RECORDS, RECORD_ROOM, ROWS, SIDE, STACK, STRIDE, TARGETS,
} from "../../src/engine/forest/header";
import { int, real, setInt, setWord, word } from "../header/words";
import { isCategorical, valueBins } from "./bins";
import { keepList, partCodes, partList } from "./code-parts";
import { makeMarks, startCodes, startList } from "./code-rows";
import { isPure } from "./criterion";
import { findSplit } from "./find-split";
import { addLeaf, splitByBound, splitBySet } from "./nodes";
import { keepPlanes, partPlanes, startPlanes } from "./plane-rows";
import { reserve } from "./room";
import { FRACTIONS, LISTED, PLANES, WHOLE } from "./row-kinds";
import { GOES_LEFT } from "./scratch";
import { beginNode, bound, completeGoesLeft, feature, leftBin, leftSum, leftWeight, missingLeft, rightBin } from "./split";
import { CONSTANT, copyConstant, entryBytes, fillEntry, makeRoom } from "./stack";

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
