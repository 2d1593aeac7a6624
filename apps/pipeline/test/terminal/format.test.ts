import {
  formatBytes,
  formatEstimate,
  formatPercent,
  formatSeconds,
  wrapText,
} from "../../src/terminal/format.ts";

test.each([
  [0, "0.0 s"],
  [0.44, "0.4 s"],
  [59.94, "59.9 s"],
  [59.96, "1 min 0 s"],
  [75.4, "1 min 15 s"],
  [3599.6, "1 h 0 min"],
  [7384, "2 h 3 min"],
])("%d seconds are %s", (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});

test("shares and estimates", () => {
  expect(formatPercent(0.9575)).toBe("95.8 %");
  expect(formatEstimate({ value: 0.958, low: 0.95, high: 0.965 })).toBe("95.8 % (95.0 to 96.5)");
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.00 kB"],
  [999_600, "1.00 MB"],
  [12_345_678, "12.3 MB"],
])("%d bytes are %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test("text wraps between words, keeps its lines and their indent", () => {
  expect(wrapText("one two three", 8)).toEqual(["one two", "three"]);
  expect(wrapText("unbreakable x", 4)).toEqual(["unbreakable", "x"]);
  expect(wrapText("a b c\n  d e f", 5)).toEqual(["a b c", "  d e", "  f"]);
  expect(wrapText("a b c", Infinity)).toEqual(["a b c"]);
  expect(wrapText("", 10)).toEqual([""]);
});
