/** Element types of the tensors in a bundle file, little-endian: letter for the kind, number for the bits. */
export type Dtype = "f64" | "i16" | "i32" | "i8" | "u16" | "u32" | "u8";

/** An array that a tensor is read into. */
export type TensorArray = Float64Array | Int32Array | Uint8Array | Uint32Array;

/** The arrays that hold elements of each type as a file does, but for the order of their bytes. */
const ARRAYS = {
  u8: Uint8Array,
  i8: Int8Array,
  u16: Uint16Array,
  i16: Int16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f64: Float64Array,
} as const;

export const DTYPES: readonly Dtype[] = Object.keys(ARRAYS) as Dtype[];

/** Bytes an element. */
export function sizeOf(dtype: Dtype): number {
  return ARRAYS[dtype].BYTES_PER_ELEMENT;
}

/** Writes values, each one of `dtype`, from byte `start` on. */
export function writeElements(
  bytes: Uint8Array,
  start: number,
  dtype: Dtype,
  values: ArrayLike<number>,
): void {
  const elements = new ARRAYS[dtype](values.length);
  elements.set(values);
  const written = bytes.subarray(start, start + elements.byteLength);
  written.set(new Uint8Array(elements.buffer));
  turnBytes(written, elements.BYTES_PER_ELEMENT);
  if (dtype !== "f64") return;
  // JavaScript leaves the bits of a NaN to the engine; a file must not.
  for (let i = 0; i < elements.length; i++) {
    if (Number.isNaN(elements[i])) written.set(NAN, 8 * i);
  }
}

/**
 * Fills `target` with the elements from byte `start` on. Returns the place of the first one that the target cannot
 * hold, or that is a NaN other than a bundle's; -1 when there is none.
 */
export function readElements(
  bytes: Uint8Array,
  start: number,
  dtype: Dtype,
  target: TensorArray,
): number {
  const size = sizeOf(dtype);
  // A copy of its own, since elements must be aligned to be read in one go.
  const read = new Uint8Array(target.length * size);
  read.set(bytes.subarray(start, start + read.length));
  turnBytes(read, size);
  const elements = new ARRAYS[dtype](read.buffer);
  target.set(elements);
  for (let i = 0; i < elements.length; i++) {
    if (target[i] === elements[i]) continue;
    if (dtype !== "f64" || !isNaNOfBundle(bytes, start + 8 * i)) return i;
  }
  return -1;
}

/** The one NaN that a bundle may hold. */
const NAN: Uint8Array = Uint8Array.of(0, 0, 0, 0, 0, 0, 0xf8, 0x7f);

function isNaNOfBundle(bytes: Uint8Array, at: number): boolean {
  return NAN.every((byte, i) => bytes[at + i] === byte);
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Turns every element's bytes round on a machine that keeps them the other way than a file. */
function turnBytes(bytes: Uint8Array, size: number): void {
  if (IS_LITTLE_ENDIAN || size === 1) return;
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

/**
 * The narrowest integer type that holds every whole number from `minimum` to `maximum`, unsigned when
 * none is negative; undefined when 32 bits are not enough.
 */
export function narrowestDtype(minimum: number, maximum: number): Dtype | undefined {
  if (minimum >= 0) {
    return maximum <= 0xff
      ? "u8"
      : maximum <= 0xffff
        ? "u16"
        : maximum <= 0xffffffff
          ? "u32"
          : undefined;
  }
  if (minimum >= -0x80 && maximum <= 0x7f) return "i8";
  if (minimum >= -0x8000 && maximum <= 0x7fff) return "i16";
  if (minimum >= -0x80000000 && maximum <= 0x7fffffff) return "i32";
  return undefined;
}
