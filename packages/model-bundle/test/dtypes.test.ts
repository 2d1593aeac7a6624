import { DTYPES, isCanonicalNaN, narrowestDtype } from "../src/dtypes.ts";

test.each([
  [0, 0, "u8"],
  [0, 255, "u8"],
  [0, 256, "u16"],
  [0, 65535, "u16"],
  [0, 65536, "u32"],
  [0, 2 ** 32 - 1, "u32"],
  [0, 2 ** 32, undefined],
  [-1, 127, "i8"],
  [-128, 0, "i8"],
  [-129, 0, "i16"],
  [-1, 128, "i16"],
  [-1, 32768, "i32"],
  [-(2 ** 31), 2 ** 31 - 1, "i32"],
  [-1, 2 ** 31, undefined],
  [-(2 ** 31) - 1, 0, undefined],
])("%d to %d: %s", (minimum, maximum, expected) => {
  expect(narrowestDtype(minimum, maximum)).toBe(expected);
});

test("elements are little-endian, whatever the machine", () => {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  DTYPES.u32.set(view, 0, 0x01020304);
  DTYPES.i16.set(view, 4, -2);
  expect([...bytes]).toEqual([4, 3, 2, 1, 0xfe, 0xff, 0, 0]);
  expect(DTYPES.u32.get(view, 0)).toBe(0x01020304);
  expect(DTYPES.i16.get(view, 4)).toBe(-2);
});

test("a file holds one NaN, however it was made", () => {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, 0xfff8000000000123n, true);
  expect(isCanonicalNaN(view, 0)).toBe(false);
  DTYPES.f64.set(view, 0, view.getFloat64(0, true));
  expect([...bytes]).toEqual([0, 0, 0, 0, 0, 0, 0xf8, 0x7f]);
  expect(isCanonicalNaN(view, 0)).toBe(true);
});
