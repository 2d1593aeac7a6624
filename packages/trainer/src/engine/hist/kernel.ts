import { kernelBytes } from "./kernel-bytes.ts";
import { instantiateKernel } from "./kernel-instance.ts";
import type { KernelExports } from "./kernel-instance.ts";
import { outOfMemory } from "./memory-layout.ts";
import { WASM_PAGE, webAssembly } from "../web-assembly.ts";
import type { WasmMemory, WasmModule } from "../web-assembly.ts";

/** The kernel over a memory of its own, and that memory as arrays. */
export interface Kernel {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  readonly exports: KernelExports;
  readonly words: Uint32Array<SharedArrayBuffer>;
  readonly ints: Int32Array<SharedArrayBuffer>;
  readonly reals: Float64Array<SharedArrayBuffer>;
  readonly bytes: Uint8Array<SharedArrayBuffer>;
}

let compiled: WasmModule | undefined;

/**
 * A kernel with `bytes` of shared memory: zeroed, unless it is to be `taken` over.
 *
 * @throws PipelineError TRAINER_OUT_OF_MEMORY when the machine does not have them
 */
export function createKernel(bytes: number, taken?: WasmMemory): Kernel {
  const pages = Math.ceil(bytes / WASM_PAGE);
  let memory: WasmMemory;
  try {
    if (taken !== undefined) {
      const lacking = pages - taken.buffer.byteLength / WASM_PAGE;
      if (lacking > 0) taken.grow(lacking);
    }
    memory = taken ?? new webAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch (cause) {
    throw outOfMemory(`The machine has no ${bytes} bytes for a fit`, { bytes }, cause);
  }
  compiled ??= new webAssembly.Module(kernelBytes());
  const buffer = memory.buffer;
  return {
    module: compiled,
    memory,
    exports: instantiateKernel(compiled, memory),
    words: new Uint32Array(buffer),
    ints: new Int32Array(buffer),
    reals: new Float64Array(buffer),
    bytes: new Uint8Array(buffer),
  };
}
