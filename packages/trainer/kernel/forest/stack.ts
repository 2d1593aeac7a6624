import { COLUMNS, STACK, STACK_ROOM } from "../../src/engine/forest/header";
import { int, setInt, setWord, word } from "../header/words";
import { reserve } from "./room";

/*
 * The nodes that wait, the next one on top. An entry: int32 parent, isRight, depth, start and end of its rows, a word
 * to spare, float64 sum and weight, then a bit a column that is known to be constant, in words of 64.
 */

/** Bytes of an entry before its bits. */
export const CONSTANT: usize = 40;

// @ts-ignore: AssemblyScript
@inline
export function entryBytes(): usize {
  return CONSTANT + 8 * ((word(COLUMNS) + 63) >> 6);
}

/** Sees to it that entries up to `place` have room. */
// @ts-ignore: AssemblyScript
@inline
export function makeRoom(place: i32): void {
  if (place >= int(STACK_ROOM)) growStack();
}

function growStack(): void {
  const bytes = word(STACK_ROOM) * entryBytes();
  const larger = reserve(2 * <u64>bytes);
  memory.copy(larger, word(STACK), bytes);
  setWord(STACK, larger);
  setInt(STACK_ROOM, 2 * int(STACK_ROOM));
}

// @ts-ignore: AssemblyScript
@inline
export function fillEntry(
  entry: usize, parent: i32, isRight: i32, depth: i32, start: i32, end: i32, sum: f64, weight: f64,
): void {
  store<i32>(entry, parent);
  store<i32>(entry, isRight, 4);
  store<i32>(entry, depth, 8);
  store<i32>(entry, start, 12);
  store<i32>(entry, end, 16);
  store<f64>(entry, sum, 24);
  store<f64>(entry, weight, 32);
}

// @ts-ignore: AssemblyScript
@inline
export function copyConstant(from: usize, to: usize): void {
  for (let at: usize = CONSTANT, end = entryBytes(); at < end; at += 8) {
    store<u64>(to + at, load<u64>(from + at));
  }
}

// @ts-ignore: AssemblyScript
@inline
export function isConstant(entry: usize, column: i32): bool {
  return ((load<u64>(entry + (<usize>(column >> 6) << 3), CONSTANT) >> <u64>(column & 63)) & 1) !== 0;
}

// @ts-ignore: AssemblyScript
@inline
export function setConstant(entry: usize, column: i32): void {
  const at = entry + (<usize>(column >> 6) << 3);
  store<u64>(at, load<u64>(at, CONSTANT) | ((<u64>1) << <u64>(column & 63)), CONSTANT);
}
