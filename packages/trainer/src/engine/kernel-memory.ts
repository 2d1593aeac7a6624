import { PipelineError } from "@gillnet/entity";

import { WASM_PAGE, webAssembly } from "./web-assembly.ts";
import type { WasmMemory } from "./web-assembly.ts";

/** A kernel addresses 4 GiB. */
export const MOST_BYTES: number = 2 ** 32;
/**
 * To begin with, and to grow by if there is room: growing is a call of the system. With more of them a histogram fit
 * that goes on in the memory of the rows, and zeroes it, takes a hundredth longer.
 */
const PAGES_AT_ONCE = 16;
/** A cache line: what stands at the start of one shares it with nothing else. */
const LINE = 64;

/**
 * A zeroed memory that threads can share.
 *
 * @param bytes to begin with
 * @param most that it can grow to, in whole pages
 * @throws PipelineError TRAINER_OUT_OF_MEMORY when the machine does not have them
 */
export function createMemory(
  bytes: number = PAGES_AT_ONCE * WASM_PAGE,
  most: number = MOST_BYTES,
): WasmMemory {
  const maximum = Math.ceil(most / WASM_PAGE);
  const initial = Math.min(maximum, Math.ceil(bytes / WASM_PAGE));
  try {
    return new webAssembly.Memory({ initial, maximum, shared: true });
  } catch (cause) {
    throw noRoom(bytes, cause);
  }
}

/**
 * Makes a memory reach so far, if it does not. It has a longer buffer then; arrays in the one before stay good.
 *
 * @throws PipelineError TRAINER_OUT_OF_MEMORY
 */
export function growMemory(memory: WasmMemory, bytes: number): void {
  const lacking = Math.ceil((bytes - memory.buffer.byteLength) / WASM_PAGE);
  if (lacking <= 0 || (lacking < PAGES_AT_ONCE && hasGrown(memory, PAGES_AT_ONCE))) return;
  try {
    memory.grow(lacking);
  } catch (cause) {
    throw noRoom(bytes, cause);
  }
}

function hasGrown(memory: WasmMemory, pages: number): boolean {
  try {
    memory.grow(pages);
    return true;
  } catch {
    return false;
  }
}

/** So many bytes, to the end of their last cache line. */
export function wholeLines(bytes: number): number {
  return LINE * Math.ceil(bytes / LINE);
}

/** The error of a fit that does not fit in. */
export function outOfMemory(
  message: string,
  details: Readonly<Record<string, unknown>>,
  cause?: unknown,
): PipelineError {
  return new PipelineError("TRAINER_OUT_OF_MEMORY", message, {
    hint: "Train on a sample of the rows, or on fewer columns",
    details,
    ...(cause !== undefined && { cause }),
  });
}

function noRoom(bytes: number, cause: unknown): PipelineError {
  return outOfMemory(`A fit has no room for ${bytes} bytes`, { bytes }, cause);
}
