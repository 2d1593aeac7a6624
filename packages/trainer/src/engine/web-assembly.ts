/*
 * The part of the WebAssembly API that the kernels need: TypeScript has its types only among the browser's.
 */

/** Compiled code: any number of threads can share it. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

/** Memory that threads share. It grows in place, so that views of it stay good. */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
  /** By so many pages. */
  grow(pages: number): number;
}

/** Functions that a kernel calls. */
export type WasmImports = Readonly<Record<string, (x: number) => number | void>>;

/** Bytes of a page: memory comes in pages. */
export const WASM_PAGE = 65_536;

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule;
  /** Sizes are in pages. */
  readonly Memory: new (size: { initial: number; maximum: number; shared: true }) => WasmMemory;
  readonly Instance: new (
    module: WasmModule,
    imports: { readonly env: WasmImports | { readonly memory: WasmMemory } },
  ) => { readonly exports: object };
}

export const webAssembly: WebAssemblyApi = (
  globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }
).WebAssembly;

/** The functions of a module over a memory that other threads may work on, too. */
export function instantiate(
  module: WasmModule,
  memory: WasmMemory,
  functions: WasmImports = {},
): object {
  return new webAssembly.Instance(module, { env: { ...functions, memory } }).exports;
}
