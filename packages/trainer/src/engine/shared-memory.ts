/*
 * Arrays in shared memory, so that worker threads read them without a copy. Written once, before any
 * worker starts; read only from then on.
 */

/** A zeroed Float64Array over shared memory. */
export function sharedF64(length: number): Float64Array<SharedArrayBuffer> {
  return new Float64Array(new SharedArrayBuffer(length * 8));
}

/** A zeroed Int32Array over shared memory. */
export function sharedI32(length: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(length * 4));
}

/** A zeroed Uint8Array over shared memory. */
export function sharedU8(length: number): Uint8Array<SharedArrayBuffer> {
  return new Uint8Array(new SharedArrayBuffer(length));
}
