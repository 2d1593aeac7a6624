import { narrowestDtype, readElements, writeElements } from "../src/dtypes.ts";

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
  const bytes = new Uint8Array(9);
  writeElements(bytes, 1, "u32", [0x01020304]);
  writeElements(bytes, 5, "i16", [-2, 3]);
  expect([...bytes]).toEqual([0, 4, 3, 2, 1, 0xfe, 0xff, 3, 0]);
  const whole = new Uint32Array(1);
  expect(readElements(bytes, 1, "u32", whole)).toBe(-1);
  expect(whole[0]).toBe(0x01020304);
  const small = new Int32Array(2);
  expect(readElements(bytes, 5, "i16", small)).toBe(-1);
  expect([...small]).toEqual([-2, 3]);
});

test("what the target cannot hold is found", () => {
  const bytes = new Uint8Array(8);
  writeElements(bytes, 0, "u16", [7, 255, 256, 1]);
  expect(readElements(bytes, 0, "u16", new Uint8Array(4))).toBe(2);
  expect(readElements(bytes, 0, "u16", new Uint8Array(2))).toBe(-1);
  writeElements(bytes, 4, "i32", [-1]);
  expect(readElements(bytes, 4, "i32", new Uint32Array(1))).toBe(0);
});

test("a file holds one NaN, however it was made", () => {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, 0xfff8000000000123n, true);
  const target = new Float64Array(1);
  expect(readElements(bytes, 0, "f64", target)).toBe(0);
  writeElements(bytes, 0, "f64", [view.getFloat64(0, true)]);
  expect([...bytes]).toEqual([0, 0, 0, 0, 0, 0, 0xf8, 0x7f]);
  expect(readElements(bytes, 0, "f64", target)).toBe(-1);
  expect(target[0]).toBeNaN();
});
