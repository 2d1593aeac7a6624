import { PipelineError } from "@gillnet/entity";

import { WASM_PAGE, webAssembly } from "./web-assembly.ts";
import type { WasmMemory, WasmModule } from "./web-assembly.ts";

/** A kernel addresses 4 GiB. */
const MOST_PAGES = 65_536;
/** An instance that has grown beyond this is not kept. */
const MOST_IDLE_BYTES = 2 ** 26;

/** An instance of a kernel, and its memory from the first byte on. */
export class KernelInstance<Exports extends object> {
  readonly run: Exports;
  readonly #memory: WasmMemory;
  readonly #idle: KernelInstance<Exports>[];
  #end = 0;

  /** @param idle where it goes when it is given back */
  constructor(module: WasmModule, idle: KernelInstance<Exports>[]) {
    this.#memory = new webAssembly.Memory({ initial: 16, maximum: MOST_PAGES, shared: true });
    const imports = { env: { memory: this.#memory } };
    this.run = new webAssembly.Instance(module, imports).exports as Exports;
    this.#idle = idle;
  }

  /** Ends the use of an instance and of all arrays in its memory. */
  giveBack(): void {
    this.#end = 0;
    if (this.#memory.buffer.byteLength <= MOST_IDLE_BYTES) this.#idle.push(this);
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
        this.#memory.grow(missing);
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
  #module: WasmModule | undefined;

  constructor(bytes: () => Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes;
  }

  /** An instance that nobody else uses until it is given back. */
  take(): KernelInstance<Exports> {
    this.#module ??= new webAssembly.Module(this.#bytes());
    return this.#idle.pop() ?? new KernelInstance(this.#module, this.#idle);
  }
}
