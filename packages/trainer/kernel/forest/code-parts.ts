import { COUNTS, LIST, LIST_ROWS, RECORDS, STRIDE } from "../../src/engine/forest/header";
import { word } from "../header/words";
import { listCodes } from "./code-rows";
import { WRONG_SIDE } from "./scratch";

/* How the rows of code-rows.ts are parted. `goesLeft` is a byte a bin, of 1 for those that go left. */

/** Parts the list's rows, keeping their order on both sides; returns where the right ones start. */
export function partList(column: i32, goesLeft: usize, start: i32, end: i32): i32 {
  const stride = word(STRIDE);
  const codes = listCodes + <usize>column;
  const list = word(LIST);
  const side = list + (word(LIST_ROWS) << 2);
  const last = list + (<usize>end << 2);
  let left = list + (<usize>start << 2);
  let right = side;
  // Both sides are written and one of the two ends moves on: a branch here is guessed wrong half of the time.
  for (let at = left; at < last; at += 4) {
    const row = load<u32>(at);
    const step = <usize>load<u8>(goesLeft + <usize>load<u8>(codes + <usize>row * stride)) << 2;
    store<u32>(left, row);
    store<u32>(right, row);
    left += step;
    right += 4 - step;
  }
  let to = left;
  for (let at = side; at < right; at += 4, to += 4) store<u32>(to, load<u32>(at));
  return <i32>((left - list) >> 2);
}

/** Keeps the list's rows of one side at the start of the node's, those of the other are lost; returns where they end. */
export function keepList(column: i32, goesLeft: usize, isRight: i32, start: i32, end: i32): i32 {
  const stride = word(STRIDE);
  const codes = listCodes + <usize>column;
  const list = word(LIST);
  const last = list + (<usize>end << 2);
  let to = list + (<usize>start << 2);
  for (let at = to; at < last; at += 4) {
    const row = load<u32>(at);
    store<u32>(to, row);
    to += <usize>(<i32>load<u8>(goesLeft + <usize>load<u8>(codes + <usize>row * stride)) ^ isRight) << 2;
  }
  return <i32>((to - list) >> 2);
}

const BLOCK: usize = 128;

// @ts-ignore: AssemblyScript
@inline
function swapRows<T>(a: usize, b: usize): void {
  const stride = word(STRIDE);
  const records = word(RECORDS);
  const ofA = records + a * stride;
  const ofB = records + b * stride;
  for (let at: usize = 0; at < stride; at += 16) {
    const held = v128.load(ofA + at);
    v128.store(ofA + at, v128.load(ofB + at));
    v128.store(ofB + at, held);
  }
  const counts = word(COUNTS);
  const count = load<T>(counts + a * sizeof<T>());
  store<T>(counts + a * sizeof<T>(), load<T>(counts + b * sizeof<T>()));
  store<T>(counts + b * sizeof<T>(), count);
}

/**
 * Parts a node's rows by swapping those on the wrong side, block by block from both ends:
 *
 *     [ l l l | block ...      ... block | r r r ]
 *            start                      end          returns where the right ones start
 */
export function partCodes<T>(column: i32, goesLeft: usize, start: i32, end: i32): i32 {
  const stride = word(STRIDE);
  const codes = word(RECORDS) + <usize>column;
  let low = <usize>start;
  let high = <usize>end;
  let onLeft: usize = 0;
  let onRight: usize = 0;
  let takenLeft: usize = 0;
  let takenRight: usize = 0;
  const ofRight = WRONG_SIDE + BLOCK;
  while (high - low > 2 * BLOCK) {
    if (onLeft === takenLeft) {
      onLeft = 0;
      takenLeft = 0;
      for (let i: usize = 0; i < BLOCK; i++) {
        store<u8>(WRONG_SIDE + onLeft, <u8>i);
        onLeft += 1 - <usize>load<u8>(goesLeft + <usize>load<u8>(codes + (low + i) * stride));
      }
    }
    if (onRight === takenRight) {
      onRight = 0;
      takenRight = 0;
      for (let i: usize = 0; i < BLOCK; i++) {
        store<u8>(ofRight + onRight, <u8>i);
        onRight += <usize>load<u8>(goesLeft + <usize>load<u8>(codes + (high - 1 - i) * stride));
      }
    }
    const swaps = min(onLeft - takenLeft, onRight - takenRight);
    for (let i: usize = 0; i < swaps; i++) {
      const a = low + <usize>load<u8>(WRONG_SIDE + takenLeft + i);
      const b = high - 1 - <usize>load<u8>(ofRight + takenRight + i);
      swapRows<T>(a, b);
    }
    takenLeft += swaps;
    takenRight += swaps;
    if (onLeft === takenLeft) low += BLOCK;
    if (onRight === takenRight) high -= BLOCK;
  }
  // What is left, a block in the middle of its swaps included, is parted row by row.
  while (low < high) {
    if (load<u8>(goesLeft + <usize>load<u8>(codes + low * stride)) !== 0) low++;
    else if (load<u8>(goesLeft + <usize>load<u8>(codes + (high - 1) * stride)) === 0) high--;
    else swapRows<T>(low++, --high);
  }
  return <i32>low;
}
