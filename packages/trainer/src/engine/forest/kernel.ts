import { WASM_PAGE, webAssembly } from "../web-assembly.ts";
import type { WasmMemory, WasmModule } from "../web-assembly.ts";
import { FIRST_FREE, TOP } from "./header.ts";
import { kernelBytes } from "./kernel-bytes.ts";

/** The functions of kernel/forest, documented there. Pointers are byte addresses in the memory. */
interface ForestExports {
  addVotes(nodes: number, rows: number, count: number, values: number, answers: number): void;
  begin(): void;
  grow(): number;
  takeRows(first: number, count: number, codes: number): void;
}

/** The kernel addresses 4 GiB. */
const MOST_PAGES = 65_536;

/**
 * An instance of the kernel, and its memory. One that is done with is kept for the next fit of this thread, unless the
 * garbage collector, which alone can free its memory, comes first.
 */
export class ForestKernel {
  static #module: WasmModule | undefined;
  static #idle: WeakRef<ForestKernel> | null = null;

  readonly run: ForestExports;
  /** The words of the header. */
  readonly words: Int32Array;
  readonly #memory: WasmMemory;

  private constructor() {
    ForestKernel.#module ??= new webAssembly.Module(kernelBytes());
    this.#memory = new webAssembly.Memory({ initial: 16, maximum: MOST_PAGES, shared: true });
    const imports = { env: { memory: this.#memory, log2: Math.log2 } };
    this.run = new webAssembly.Instance(ForestKernel.#module, imports).exports as ForestExports;
    this.words = new Int32Array(this.#memory.buffer, 0, FIRST_FREE / 4);
  }

  /** An instance that nobody else uses until it is given back. */
  static take(): ForestKernel {
    const kernel = ForestKernel.#idle?.deref() ?? new ForestKernel();
    ForestKernel.#idle = null;
    kernel.words.fill(0);
    kernel.words[TOP] = FIRST_FREE;
    return kernel;
  }

  /** Ends the use of an instance and of all arrays in its memory. */
  giveBack(): void {
    ForestKernel.#idle = new WeakRef(this);
  }

  /** The memory as it is now: it may grow with every call. */
  get buffer(): SharedArrayBuffer {
    return this.#memory.buffer;
  }

  /** Takes room, not zeroed. Returns its address, a multiple of 16. */
  reserve(bytes: number): number {
    const start = (this.words[TOP] as number) >>> 0;
    const end = start + Math.ceil(bytes / 16) * 16;
    const missing = Math.ceil((end - this.#memory.buffer.byteLength) / WASM_PAGE);
    if (missing > 0) this.#memory.grow(missing);
    this.words[TOP] = end;
    return start;
  }
}
