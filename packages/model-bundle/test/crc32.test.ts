import { crc32 } from "../src/crc32.ts";

test.each([
  ["", 0],
  ["a", 0xe8b7be43],
  ["123456789", 0xcbf43926],
  ["The quick brown fox jumps over the lazy dog", 0x414fa339],
])("%j", (text, expected) => {
  expect(crc32(new TextEncoder().encode(text))).toBe(expected);
});

test("counts from a start", () => {
  expect(crc32(new TextEncoder().encode("xyz123456789"), 3)).toBe(0xcbf43926);
});
