import { PipelineError } from "@gillnet/entity";

import { WASM_PAGE, webAssembly } from "./web-assembly.ts";
import type { WasmMemory, WasmModule } from "./web-assembly.ts";

/** A kernel addresses 4 GiB. */
const MOST_PAGES = 65_536;
/** Pages to begin with, and to grow by at least: growing is a call of the system, pages not in use take nothing. */
const PAGES_AT_ONCE = 64;
/** An instance that has grown beyond this is not kept. */
const MOST_IDLE_BYTES = 2 ** 26;

/** An instance of a kernel, and its memory from the first byte on. */
export class KernelInstance<Exports extends object> {
  readonly run: Exports;
  readonly #memory: WasmMemory;
  readonly #idle: KernelInstance<Exports>[];
  readonly #headerBytes: number;
  #end: number;

  /**
   * @param idle where it goes when it is given back
   * @param headerBytes at the start of the memory, which no array gets
   */
  constructor(module: WasmModule, idle: KernelInstance<Exports>[], headerBytes: number) {
    this.#headerBytes = headerBytes;
    this.#end = headerBytes;
    this.#memory = new webAssembly.Memory({
      initial: PAGES_AT_ONCE,
      maximum: MOST_PAGES,
      shared: true,
    });
    const imports = { env: { memory: this.#memory } };
    this.run = new webAssembly.Instance(module, imports).exports as Exports;
    this.#idle = idle;
  }

  /** Ends the use of an instance and of all arrays in its memory. Those who shared it may all call it. */
  giveBack(): void {
    if (this.#idle.includes(this)) return;
    this.#end = this.#headerBytes;
    if (this.#memory.buffer.byteLength <= MOST_IDLE_BYTES) this.#idle.push(this);
  }

  /** The memory as 32-bit words and as float64, as far as it reaches now. */
  get words(): Uint32Array {
    return new Uint32Array(this.#memory.buffer);
  }

  get reals(): Float64Array {
    return new Float64Array(this.#memory.buffer);
  }

  /** @throws PipelineError TRAINER_OUT_OF_MEMORY, as the others do */
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

  /** After it the memory may have a longer buffer; arrays in the one before stay good. */
  #reserve(bytes: number): number {
    const start = this.#end;
    const end = start + Math.ceil(bytes / 16) * 16;
    const missing = Math.ceil((end - this.#memory.buffer.byteLength) / WASM_PAGE);
    if (missing > 0) {
      try {
        const room = MOST_PAGES - this.#memory.buffer.byteLength / WASM_PAGE;
        this.#memory.grow(Math.max(missing, Math.min(room, PAGES_AT_ONCE)));
      } catch (cause) {
        throw new PipelineError("TRAINER_OUT_OF_MEMORY", `A fit has no room for ${end} bytes`, {
          hint: "Train on a sample of the rows, or on fewer columns",
          details: { bytes: end },
          cause,
        });
      }
    }
    this.#end = end;
    return start;
  }
}

/**
 * The instances of one kernel in one thread. Reserving a memory takes address space that is only given back by the
 * garbage collector, so an instance that is done with is kept for the thread's next fit.
 */
export class KernelInstances<Exports extends object> {
  readonly #bytes: () => Uint8Array<ArrayBuffer>;
  readonly #idle: KernelInstance<Exports>[] = [];
  readonly #headerBytes: number;
  #module: WasmModule | undefined;

  /** @param headerBytes at the start of each memory, which no array gets: a multiple of 16 */
  constructor(bytes: () => Uint8Array<ArrayBuffer>, headerBytes = 0) {
    this.#bytes = bytes;
    this.#headerBytes = headerBytes;
  }

  /** An instance that nobody else uses until it is given back. */
  take(): KernelInstance<Exports> {
    this.#module ??= new webAssembly.Module(this.#bytes());
    return this.#idle.pop() ?? new KernelInstance(this.#module, this.#idle, this.#headerBytes);
  }
}
