import { KernelInstances } from "../kernel-instance.ts";
import type { KernelInstance } from "../kernel-instance.ts";
import type { WasmMemory } from "../web-assembly.ts";
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

/** The first bytes are never handed out: a histogram fit that goes on in this memory has its header there. */
const HEADER_BYTES = 4096;
const MOST_IDLE_BYTES = 2 ** 25;

const instances: KernelInstances<RowExports> = new KernelInstances(kernelBytes, {
  headerBytes: HEADER_BYTES,
  mostIdleBytes: MOST_IDLE_BYTES,
});

/**
 * An instance of the kernel that prepares rows, and arrays at addresses of its memory. Compiled code is as fast in the
 * first fit of a thread as in the last one, where JavaScript would take ten times as long.
 */
export class RowKernel {
  readonly run: RowExports;
  readonly memory: WasmMemory;
  readonly #instance: KernelInstance<RowExports> = instances.take();

  private constructor() {
    this.run = this.#instance.run;
    this.memory = this.#instance.memory;
  }

  /** Has `work` done by an instance that nobody else uses meanwhile. Nothing of its memory may be used afterwards. */
  static use<Result>(work: (kernel: RowKernel) => Result): Result {
    const kernel = new RowKernel();
    const result = work(kernel);
    kernel.#instance.giveBack();
    return result;
  }

  /** An instance, with what its last user left in its memory, that nobody else ever uses again. */
  static take(): RowKernel {
    return new RowKernel();
  }

  /**
   * The address of so many bytes, not zeroed. Arrays that were made before hold on.
   *
   * @throws PipelineError TRAINER_OUT_OF_MEMORY
   */
  reserve(bytes: number): number {
    return this.#instance.reserve(bytes);
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
