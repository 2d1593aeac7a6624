/*
 * The part of the WebAssembly API that the kernel needs: TypeScript has its types only among the browser's.
 */

/** Compiled code: any number of threads can share it. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

/** Memory that threads share. */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
}

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule;
  /** Sizes are in pages of 64 KiB. */
  readonly Memory: new (size: { initial: number; maximum: number; shared: true }) => WasmMemory;
  readonly Instance: new (
    module: WasmModule,
    imports: { readonly env: { readonly memory: WasmMemory } },
  ) => { readonly exports: object };
}

export const webAssembly: WebAssemblyApi = (
  globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }
).WebAssembly;
