import { KernelCode } from "../kernel-code.ts";
import { MOST_BYTES, createMemory, growMemory, wholeLines } from "../kernel-memory.ts";
import { WASM_PAGE } from "../web-assembly.ts";
import type { WasmMemory } from "../web-assembly.ts";
import { FIRST_FREE, TOP, WORDS } from "./header.ts";
import { kernelBytes } from "./kernel-bytes.ts";

/** The functions of kernel/forest, documented there. Pointers are byte addresses in the memory. */
interface ForestExports {
  addVotes(nodes: number, rows: number, count: number, values: number, answers: number): void;
  drawSample(keys: number, total: number, draws: number): void;
  dropTrees(): void;
  grow(): number;
  keepTree(nodes: number, coverUnit: number): void;
  packTargets(): number;
  takeRows(first: number, count: number, codes: number): void;
  takeTargets(first: number, count: number, sums: number, weights: number): void;
  writeKeys(keys: number): void;
}

const code: KernelCode<ForestExports> = new KernelCode(kernelBytes);

/**
 * An instance of the kernel, and its memory. One that is done with is kept for the next fit of this thread, unless the
 * garbage collector, which alone can free its memory, comes first.
 */
export class ForestKernel {
  static #idle: WeakRef<ForestKernel> | null = null;

  readonly run: ForestExports;
  /** The words of the header. */
  readonly words: Int32Array;
  readonly #memory: WasmMemory;
  /** What stands at the start of the memory: what it was made from, and the header as it was then. */
  #kept: { readonly from: readonly unknown[]; readonly words: Int32Array } | null = null;

  /** @param mostBytes that its memory can grow to: where it ends must fit a word of 32 bits */
  constructor(mostBytes: number = MOST_BYTES - WASM_PAGE) {
    const memory = createMemory(undefined, mostBytes);
    // What goes wrong in `grow` ends the call of the kernel's function, too.
    const grow = (bytes: number): void => growMemory(memory, bytes);
    this.run = code.over(memory, { grow, log2: Math.log2 });
    this.words = new Int32Array(memory.buffer, 0, WORDS);
    this.#memory = memory;
  }

  /** An instance that nobody else uses until it is given back. */
  static take(): ForestKernel {
    const kernel = ForestKernel.#idle?.deref() ?? new ForestKernel();
    ForestKernel.#idle = null;
    return kernel;
  }

  /** Ends the use of an instance and of all arrays in its memory, but for what `keep` keeps. */
  giveBack(): void {
    ForestKernel.#idle = new WeakRef(this);
  }

  /** Empties the memory, all of it. */
  clear(): void {
    this.#kept = null;
    this.words.fill(0);
    this.words[TOP] = FIRST_FREE;
  }

  /** Has the next `restart` find the memory as it is now: it was made from these objects and nothing else. */
  keep(from: readonly unknown[]): void {
    this.#kept = { from, words: this.words.slice() };
  }

  /** Empties the memory but for what was kept, if that was made from the same objects. Returns whether it was. */
  restart(from: readonly unknown[]): boolean {
    const kept = this.#kept;
    if (kept === null || kept.from.some((each, i) => each !== from[i])) return false;
    this.words.set(kept.words);
    return true;
  }

  /** The memory as it is now: it may grow with every call. */
  get buffer(): SharedArrayBuffer {
    return this.#memory.buffer;
  }

  /** Where an address in a word of the header points to. */
  address(word: number): number {
    return (this.words[word] as number) >>> 0;
  }

  /**
   * Takes room, not zeroed. Returns its address, a multiple of 64.
   *
   * @throws PipelineError TRAINER_OUT_OF_MEMORY
   */
  reserve(bytes: number): number {
    const start = this.address(TOP);
    const end = start + wholeLines(bytes);
    growMemory(this.#memory, end);
    this.words[TOP] = end;
    return start;
  }

  /** Room for the time of `use`: nothing else may be reserved meanwhile. */
  borrow(bytes: number, use: (address: number) => void): void {
    const start = this.reserve(bytes);
    use(start);
    this.words[TOP] = start;
  }
}
