import { instantiate, webAssembly } from "./web-assembly.ts";
import type { WasmImports, WasmMemory, WasmModule } from "./web-assembly.ts";

/** The code of a kernel, which a thread compiles when it first needs it. */
export class KernelCode<Exports extends object> {
  readonly #bytes: () => Uint8Array<ArrayBuffer>;
  #module: WasmModule | undefined;

  constructor(bytes: () => Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes;
  }

  /** What other threads can instantiate, too. */
  get module(): WasmModule {
    this.#module ??= new webAssembly.Module(this.#bytes());
    return this.#module;
  }

  /** The kernel's functions over a memory. */
  over(memory: WasmMemory, functions?: WasmImports): Exports {
    return instantiate(this.module, memory, functions) as Exports;
  }
}
