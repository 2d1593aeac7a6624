import { KernelCode } from "../kernel-code.ts";
import { createMemory, growMemory } from "../kernel-memory.ts";
import type { WasmMemory, WasmModule } from "../web-assembly.ts";
import { kernelBytes } from "./kernel-bytes.ts";

/** The functions of kernel/hist. */
export interface HistExports {
  /** Does the command that the header names, together with `turn & 255` members; true when they are done. */
  readonly run: (turn: number) => number;
  readonly awaitMembers: (turn: number) => number;
  readonly serve: () => void;
  /** Writes which codes of the node's split column go right: 256 bytes at `table`. */
  readonly writeTable: (node: number, table: number) => void;
}

/** The kernel over the memory of a fit, and that memory as arrays. */
export interface HistKernel {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  readonly exports: HistExports;
  readonly words: Uint32Array<SharedArrayBuffer>;
  readonly ints: Int32Array<SharedArrayBuffer>;
  readonly reals: Float64Array<SharedArrayBuffer>;
  readonly bytes: Uint8Array<SharedArrayBuffer>;
}

const code: KernelCode<HistExports> = new KernelCode(kernelBytes);

/**
 * A kernel with `bytes` of memory: zeroed, unless it is to be `taken` over. Nobody uses it after this fit.
 *
 * @throws PipelineError TRAINER_OUT_OF_MEMORY when the machine does not have them
 */
export function createKernel(bytes: number, taken?: WasmMemory): HistKernel {
  const memory = taken ?? createMemory(bytes, bytes);
  growMemory(memory, bytes);
  const { buffer } = memory;
  return {
    module: code.module,
    memory,
    exports: code.over(memory),
    words: new Uint32Array(buffer),
    ints: new Int32Array(buffer),
    reals: new Float64Array(buffer),
    bytes: new Uint8Array(buffer),
  };
}
