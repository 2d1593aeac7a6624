import { webAssembly } from "../web-assembly.ts";
import type { WasmMemory, WasmModule } from "../web-assembly.ts";

/** What kernel/hist exports. */
export interface KernelExports {
  /** Does the command that the header names, together with `turn & 255` members; true when they are done. */
  readonly run: (turn: number) => number;
  readonly awaitMembers: (turn: number) => number;
  readonly serve: () => void;
  /** Writes which codes of the node's split column go right: 256 bytes at `table`. */
  readonly writeTable: (node: number, table: number) => void;
}

/** The kernel's functions over a memory that other threads work on, too. */
export function instantiateKernel(module: WasmModule, memory: WasmMemory): KernelExports {
  const { exports } = new webAssembly.Instance(module, { env: { memory } });
  return exports as KernelExports;
}
