import { BIN_SETS, BIN_SET_ROOM, BIN_SET_WORDS, KEPT, NODES, NODE_ARRAYS, NODE_ROOM, TOP } from "../../src/engine/forest/header";
import { int, setInt, setWord, word } from "../header/words";
import { reserve } from "./room";

/* The nodes of the tree, an array a field, behind those of the trees that are kept. */

export const LEFT = 0;
export const RIGHT = 1;
export const FEATURE = 2;
export const BIN_SET = 3;
export const SUM = 4;
export const WEIGHT = 5;
export const BOUND = 6;
export const LEFT_BIN = 7;
export const RIGHT_BIN = 8;
export const MISSING_LEFT = 9;

/** Words of a set of bins: a bit a bin, the missing one included. */
const SET_WORDS = 8;

// @ts-ignore: AssemblyScript
@inline
export function fieldOf(field: i32): usize {
  return word(NODE_ARRAYS + field);
}

// @ts-ignore: AssemblyScript
@inline
export function bytesOf(field: i32): usize {
  return field < SUM ? 4 : field < LEFT_BIN ? 8 : field < MISSING_LEFT ? 2 : 1;
}

/** Bytes of a node: its fields, one array behind the other. */
const NODE_BYTES: usize = 45;

/**
 * Doubles the room of nodes, those of trees that are kept included. The arrays move apart, the last one first; to
 * another place only where something was reserved behind them.
 */
function growNodes(): void {
  const kept = word(KEPT);
  const room = word(NODE_ROOM) + kept;
  const from = fieldOf(LEFT) - kept * bytesOf(LEFT);
  const isLast = from + room * NODE_BYTES === word(TOP);
  const reserved = reserve(<u64>room * <u64>NODE_BYTES * (isLast ? 1 : 2));
  const to = isLast ? from : reserved;
  let before = NODE_BYTES;
  for (let field = MISSING_LEFT; field >= LEFT; field--) {
    const bytes = bytesOf(field);
    before -= bytes;
    memory.copy(to + 2 * room * before, from + room * before, room * bytes);
    setWord(NODE_ARRAYS + field, to + 2 * room * before + kept * bytes);
  }
  setWord(NODE_ROOM, 2 * room - kept);
}

/** Adds a leaf and links it with its parent, if any. */
// @ts-ignore: AssemblyScript
@inline
export function addLeaf(sum: f64, weight: f64, parent: i32, isRight: i32): i32 {
  const node = int(NODES);
  if (node === int(NODE_ROOM)) growNodes();
  setInt(NODES, node + 1);
  const at = <usize>node;
  store<i32>(fieldOf(FEATURE) + (at << 2), -1);
  store<i32>(fieldOf(LEFT) + (at << 2), -1);
  store<i32>(fieldOf(RIGHT) + (at << 2), -1);
  store<i32>(fieldOf(BIN_SET) + (at << 2), -1);
  store<f64>(fieldOf(SUM) + (at << 3), sum);
  store<f64>(fieldOf(WEIGHT) + (at << 3), weight);
  store<i16>(fieldOf(LEFT_BIN) + (at << 1), -1);
  store<i16>(fieldOf(RIGHT_BIN) + (at << 1), -1);
  store<u8>(fieldOf(MISSING_LEFT) + at, 0);
  if (parent >= 0) store<i32>(fieldOf(isRight ? RIGHT : LEFT) + (<usize>parent << 2), node);
  return node;
}

/** Makes a leaf a node that splits a numeric column. */
export function splitByBound(node: i32, feature: i32, missingLeft: i32, leftBin: i32, rightBin: i32, bound: f64): void {
  const at = <usize>node;
  store<i32>(fieldOf(FEATURE) + (at << 2), feature);
  store<u8>(fieldOf(MISSING_LEFT) + at, <u8>missingLeft);
  store<i16>(fieldOf(LEFT_BIN) + (at << 1), <i16>leftBin);
  store<i16>(fieldOf(RIGHT_BIN) + (at << 1), <i16>rightBin);
  store<f64>(fieldOf(BOUND) + (at << 3), bound);
}

/**
 * Makes a leaf a node that splits a categorical column.
 *
 * @param goesLeft a byte a bin: 1 for those that go left
 * @param bins of the column, the missing one included
 */
export function splitBySet(node: i32, feature: i32, missingLeft: i32, goesLeft: usize, bins: i32): void {
  const at = <usize>node;
  store<i32>(fieldOf(FEATURE) + (at << 2), feature);
  store<u8>(fieldOf(MISSING_LEFT) + at, <u8>missingLeft);
  const start = int(BIN_SET_WORDS);
  if (start + SET_WORDS > int(BIN_SET_ROOM)) {
    const bytes = word(BIN_SET_ROOM) << 2;
    const larger = reserve(2 * <u64>bytes);
    memory.copy(larger, word(BIN_SETS), bytes);
    setWord(BIN_SETS, larger);
    setInt(BIN_SET_ROOM, 2 * int(BIN_SET_ROOM));
  }
  setInt(BIN_SET_WORDS, start + SET_WORDS);
  store<i32>(fieldOf(BIN_SET) + (at << 2), start);
  const set = word(BIN_SETS) + (<usize>start << 2);
  memory.fill(set, 0, 4 * SET_WORDS);
  for (let bin = 0; bin < bins; bin++) {
    const byte = set + <usize>(bin >> 3);
    store<u8>(byte, load<u8>(byte) | (load<u8>(goesLeft + <usize>bin) << <u8>(bin & 7)));
  }
}
