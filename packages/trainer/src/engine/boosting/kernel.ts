import { WASM_PAGE, webAssembly } from "../web-assembly.ts";
import type { WasmMemory, WasmModule } from "../web-assembly.ts";
import { kernelBytes } from "./kernel-bytes.ts";

/** The functions of kernel/boosting, documented there. Pointers are byte addresses in the memory. */
interface BoostingExports {
  countRows(
    list: number,
    count: number,
    codes: number,
    stride: number,
    groups: number,
    packed: number,
    cells: number,
    columns: number,
    bins: number,
  ): void;
  findLeaves(rows: number, depth: number, routes: number, leaf: number): void;
  findResiduals(
    rows: number,
    odds: number,
    leaf: number,
    factor: number,
    sums: number,
    weights: number,
    scale: number,
    shift: number,
    packed: number,
    moments: number,
  ): void;
  findRoute(rows: number, codes: number, bins: number, goesLeft: number, route: number): void;
  listSample(rows: number, weights: number, list: number): number;
  multiplyOdds(rows: number, odds: number, leaf: number, factor: number): void;
  partitionRows(list: number, count: number, route: number, to: number, side: number): number;
  sumLeaves(rows: number, leaf: number, moments: number, leaves: number, sums: number): void;
  takeAway(bins: number, child: number, count: number): void;
  unpackBins(bins: number, count: number, shift: number, scale: number, histogram: number): void;
}

/** The kernel addresses 4 GiB. */
const MOST_PAGES = 65_536;

/**
 * An instance of the kernel, and its memory from the first byte on. Reserving one takes address space that is only
 * given back by the garbage collector, so an instance that is done with is kept for the next fit of this thread.
 */
export class BoostingKernel {
  static #module: WasmModule | undefined;
  static #idle: BoostingKernel[] = [];

  readonly run: BoostingExports;
  readonly #memory: WasmMemory;
  #end = 0;

  private constructor() {
    BoostingKernel.#module ??= new webAssembly.Module(kernelBytes());
    this.#memory = new webAssembly.Memory({ initial: 16, maximum: MOST_PAGES, shared: true });
    const imports = { env: { memory: this.#memory } };
    this.run = new webAssembly.Instance(BoostingKernel.#module, imports).exports as BoostingExports;
  }

  /** An instance that nobody else uses until it is given back. */
  static take(): BoostingKernel {
    return BoostingKernel.#idle.pop() ?? new BoostingKernel();
  }

  /** Ends the use of an instance and of all arrays in its memory. */
  giveBack(): void {
    this.#end = 0;
    BoostingKernel.#idle.push(this);
  }

  f64(length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, this.#reserve(8 * length), length).fill(0);
  }

  i32(length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, this.#reserve(4 * length), length).fill(0);
  }

  u8(length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, this.#reserve(length), length).fill(0);
  }

  #reserve(bytes: number): number {
    const start = this.#end;
    this.#end = start + Math.ceil(bytes / 16) * 16;
    const missing = Math.ceil((this.#end - this.#memory.buffer.byteLength) / WASM_PAGE);
    if (missing > 0) this.#memory.grow(missing);
    return start;
  }
}
