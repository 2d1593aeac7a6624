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

/** What a kernel is given: its memory, and functions that it calls. */
interface WasmImports {
  readonly memory: WasmMemory;
  readonly [name: string]: WasmMemory | ((x: number) => number);
}

/** Bytes of a page: memory comes in pages. */
export const WASM_PAGE = 65_536;

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule;
  /** Sizes are in pages. */
  readonly Memory: new (size: { initial: number; maximum: number; shared: true }) => WasmMemory;
  readonly Instance: new (
    module: WasmModule,
    imports: { readonly env: WasmImports },
  ) => { readonly exports: object };
}

export const webAssembly: WebAssemblyApi = (
  globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }
).WebAssembly;
