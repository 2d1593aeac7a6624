/** Element types of the tensors in a bundle file, little-endian: letter for the kind, number for the bits. */
export type Dtype = "f64" | "i16" | "i32" | "i8" | "u16" | "u32" | "u8";

interface DtypeInfo {
  /** Bytes an element. */
  readonly size: number;
  readonly get: (view: DataView, offset: number) => number;
  readonly set: (view: DataView, offset: number, value: number) => void;
}

/** DataView names the byte order at each access, so the bytes are the same on every machine. */
export const DTYPES: Readonly<Record<Dtype, DtypeInfo>> = {
  u8: { size: 1, get: (v, o) => v.getUint8(o), set: (v, o, x) => v.setUint8(o, x) },
  i8: { size: 1, get: (v, o) => v.getInt8(o), set: (v, o, x) => v.setInt8(o, x) },
  u16: { size: 2, get: (v, o) => v.getUint16(o, true), set: (v, o, x) => v.setUint16(o, x, true) },
  i16: { size: 2, get: (v, o) => v.getInt16(o, true), set: (v, o, x) => v.setInt16(o, x, true) },
  u32: { size: 4, get: (v, o) => v.getUint32(o, true), set: (v, o, x) => v.setUint32(o, x, true) },
  i32: { size: 4, get: (v, o) => v.getInt32(o, true), set: (v, o, x) => v.setInt32(o, x, true) },
  f64: { size: 8, get: (v, o) => v.getFloat64(o, true), set: setDouble },
};

/** The upper half of the one NaN that a bundle may hold; the lower half is 0. */
const NAN_UPPER = 0x7ff80000;

/** JavaScript leaves the bits of a NaN to the engine; a file must not. */
function setDouble(view: DataView, offset: number, value: number): void {
  if (Number.isNaN(value)) {
    view.setUint32(offset, 0, true);
    view.setUint32(offset + 4, NAN_UPPER, true);
  } else view.setFloat64(offset, value, true);
}

/** True when the eight bytes at `offset` are the NaN that a bundle may hold. */
export function isCanonicalNaN(view: DataView, offset: number): boolean {
  return view.getUint32(offset, true) === 0 && view.getUint32(offset + 4, true) === NAN_UPPER;
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
