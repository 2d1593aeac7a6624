import { TOP } from "../../src/engine/forest/header";
import { setWord, word } from "../header/words";

/** Makes the memory reach so far. Where it cannot, the call of this kernel ends with an error. */
// @ts-ignore: AssemblyScript
@external("env", "grow")
declare function grow(bytes: f64): void;

/** Takes room at the end of what is in use; the memory grows as it must. */
export function reserve(bytes: u64): usize {
  const start = word(TOP);
  const end = <u64>start + ((bytes + 63) & ~63);
  if (end > <u64>memory.size() << 16) grow(<f64>end);
  setWord(TOP, <usize>end);
  return start;
}

/** Gives back all room from `start` on. */
// @ts-ignore: AssemblyScript
@inline
export function restore(start: usize): void {
  setWord(TOP, start);
}
