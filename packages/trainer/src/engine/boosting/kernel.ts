import { WASM_PAGE, webAssembly } from "../web-assembly.ts";
import type { WasmMemory, WasmModule } from "../web-assembly.ts";
import { HEADER_BYTES } from "./header.ts";
import { kernelBytes } from "./kernel-bytes.ts";

/** The functions of kernel/boosting, documented there. Pointers are byte addresses in the memory. */
interface BoostingExports {
  addDigits(codes: number, places: number, radix: number, joint: number, stride: number): void;
  beginTrees(first: number, second: number): void;
  drawCopies(
    left: number,
    step: number,
    numbers: number,
    count: number,
    copies: number,
    slots: number,
    isDrawn: number,
    taken: number,
  ): number;
  findAnswers(booster: number): void;
  growTree(booster: number): number;
  markSample(): void;
  placeColumn(bins: number, order: number, places: number, codes: number): void;
  weighSample(rows: number, taken: number, copyWeight: number, sums: number, weights: number): void;
}

/** The kernel addresses 4 GiB. */
const MOST_PAGES = 65_536;
/** Pages to begin with, and to grow by at least: growing takes a call of the system, pages not in use take nothing. */
const PAGES_AT_ONCE = 64;

/**
 * An instance of the kernel, and its memory from the first byte on. Reserving one takes address space that is only
 * given back by the garbage collector, so an instance that is done with is kept for the next fit of this thread.
 */
export class BoostingKernel {
  static #module: WasmModule | undefined;
  static #idle: BoostingKernel[] = [];

  readonly run: BoostingExports;
  readonly #memory: WasmMemory;
  #end = HEADER_BYTES;
  #isTaken = false;

  private constructor() {
    BoostingKernel.#module ??= new webAssembly.Module(kernelBytes());
    this.#memory = new webAssembly.Memory({
      initial: PAGES_AT_ONCE,
      maximum: MOST_PAGES,
      shared: true,
    });
    const imports = { env: { memory: this.#memory } };
    this.run = new webAssembly.Instance(BoostingKernel.#module, imports).exports as BoostingExports;
  }

  /** An instance that nobody else uses until it is given back. */
  static take(): BoostingKernel {
    const kernel = BoostingKernel.#idle.pop() ?? new BoostingKernel();
    kernel.#isTaken = true;
    return kernel;
  }

  /** Ends the use of an instance and of all arrays in its memory. To be called by whoever took it, once or more. */
  giveBack(): void {
    if (!this.#isTaken) return;
    this.#isTaken = false;
    this.#end = HEADER_BYTES;
    BoostingKernel.#idle.push(this);
  }

  /** The memory as 32-bit words and as float64, the header at its start. */
  get words(): Uint32Array {
    return new Uint32Array(this.#memory.buffer);
  }

  get reals(): Float64Array {
    return new Float64Array(this.#memory.buffer);
  }

  f64(length: number): Float64Array {
    const start = this.#reserve(8 * length);
    return new Float64Array(this.#memory.buffer, start, length).fill(0);
  }

  i32(length: number): Int32Array {
    const start = this.#reserve(4 * length);
    return new Int32Array(this.#memory.buffer, start, length).fill(0);
  }

  u32(length: number): Uint32Array {
    const start = this.#reserve(4 * length);
    return new Uint32Array(this.#memory.buffer, start, length).fill(0);
  }

  u8(length: number): Uint8Array {
    const start = this.#reserve(length);
    return new Uint8Array(this.#memory.buffer, start, length).fill(0);
  }

  /** The memory that was there before may end too early from then on. */
  #reserve(bytes: number): number {
    const start = this.#end;
    this.#end = start + Math.ceil(bytes / 16) * 16;
    const missing = Math.ceil((this.#end - this.#memory.buffer.byteLength) / WASM_PAGE);
    if (missing > 0) this.#grow(missing);
    return start;
  }
  #grow(missing: number): void {
    const room = MOST_PAGES - this.#memory.buffer.byteLength / WASM_PAGE;
    this.#memory.grow(Math.max(missing, Math.min(room, PAGES_AT_ONCE)));
  }
}
