import { outOfMemory } from "../hist/memory-layout.ts";
import { WASM_PAGE, webAssembly } from "../web-assembly.ts";
import type { WasmMemory, WasmModule } from "../web-assembly.ts";
import { kernelBytes } from "./kernel-bytes.ts";

/** The functions of kernel/rows, documented there. Pointers are byte addresses in the memory. */
interface RowExports {
  areFinite(block: number, count: number): number;
  codeBytes(
    block: number,
    rows: number,
    cols: number,
    tables: number,
    codes: number,
    columnStep: number,
    rowStep: number,
  ): void;
  codeNumbers(
    block: number,
    rows: number,
    cols: number,
    coders: number,
    codes: number,
    columnStep: number,
    rowStep: number,
  ): void;
  dealGroups(
    order: number,
    groups: number,
    positive: number,
    negative: number,
    folds: number,
    sums: number,
    positiveTotal: number,
    negativeTotal: number,
    foldOf: number,
  ): void;
  findUnlikeRun(pairs: number, from: number, count: number, packed: number, stride: number): number;
  hashNumbers(block: number, rows: number, cols: number, hashes: number): void;
  hashWords(
    block: number,
    rows: number,
    stride: number,
    words: number,
    pairs: number,
    firstRow: number,
    mask: number,
  ): void;
  numberRuns(pairs: number, count: number, packed: number, stride: number): number;
  orderNumbers(values: number, count: number, order: number, entries: number, counts: number): void;
  packRows(
    codes: number,
    rows: number,
    codeStride: number,
    cols: number,
    places: number,
    packed: number,
    stride: number,
  ): void;
  permuteRows(
    sources: number,
    count: number,
    packed: number,
    stride: number,
    places: number,
    spare: number,
  ): void;
  plainNumbers(block: number, rows: number, width: number, cols: number, to: number): void;
  scanBytes(block: number, rows: number, cols: number, marks: number): void;
  scanNumbers(block: number, rows: number, cols: number, sets: number): void;
  sortIndices(order: number, count: number, keys: number, pairs: number, counts: number): void;
  sortNumbers(
    values: number,
    weights: number,
    count: number,
    sums: number,
    entries: number,
    counts: number,
  ): number;
  sortPairs(pairs: number, other: number, count: number, counts: number): number;
  unpackRows(
    list: number,
    count: number,
    packed: number,
    stride: number,
    cols: number,
    places: number,
    codes: number,
    columnStep: number,
    rowStep: number,
  ): void;
  writeDigits(place: number): void;
}

/** The kernel addresses 4 GiB. */
const MOST_PAGES = 65_536;
/** An instance of more memory than this is left to the garbage collector. */
const MOST_KEPT = 32 * 2 ** 20;
/** The first bytes are never handed out: a histogram fit that goes on in this memory has its header there. */
const FIRST = 4096;
const LINE = 64;

/**
 * An instance of the kernel that prepares rows, and its memory. Compiled code is as fast in the first fit of a thread
 * as in the last one, where JavaScript would take ten times as long.
 *
 * Reserving a memory takes address space that is only given back by the garbage collector, so an instance that is
 * done with is kept for the next use in this thread.
 */
export class RowKernel {
  static #module: WasmModule | undefined;
  static readonly #idle: RowKernel[] = [];

  readonly run: RowExports;
  readonly memory: WasmMemory;
  #end = FIRST;

  private constructor() {
    RowKernel.#module ??= new webAssembly.Module(kernelBytes());
    this.memory = new webAssembly.Memory({ initial: 16, maximum: MOST_PAGES, shared: true });
    const { exports } = new webAssembly.Instance(RowKernel.#module, {
      env: { memory: this.memory },
    });
    this.run = exports as RowExports;
  }

  /** Has `work` done by an instance that nobody else uses meanwhile. Nothing of its memory may be used afterwards. */
  static use<Result>(work: (kernel: RowKernel) => Result): Result {
    const kernel = RowKernel.take();
    const result = work(kernel);
    kernel.#end = FIRST;
    if (kernel.memory.buffer.byteLength <= MOST_KEPT) RowKernel.#idle.push(kernel);
    return result;
  }

  /** An instance, with what its last user left in its memory, that nobody else ever uses again. */
  static take(): RowKernel {
    return RowKernel.#idle.pop() ?? new RowKernel();
  }

  /**
   * The address of so many bytes, not zeroed. Arrays that were made before hold on.
   *
   * @throws PipelineError TRAINER_OUT_OF_MEMORY
   */
  reserve(bytes: number): number {
    const start = this.#end;
    this.#end = start + Math.ceil(bytes / LINE) * LINE;
    const lacking = Math.ceil((this.#end - this.memory.buffer.byteLength) / WASM_PAGE);
    if (lacking <= 0) return start;
    try {
      this.memory.grow(lacking);
    } catch (cause) {
      throw outOfMemory(
        `There are no ${this.#end} bytes to code the rows in`,
        { bytes: this.#end },
        cause,
      );
    }
    return start;
  }

  f64(at: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, at, length);
  }

  u32(at: number, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, at, length);
  }

  u8(at: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, at, length);
  }
}
