import {
  boundText,
  bytesText,
  count,
  counted,
  durationText,
  percent,
  probabilityText,
} from "../src/number-text.ts";

test("counts", () => {
  expect(count(11_055)).toBe("11,055");
  expect([counted(0, "row"), counted(1, "row"), counted(2000, "row")]).toEqual([
    "0 rows",
    "1 row",
    "2,000 rows",
  ]);
});

test("shares", () => {
  expect(percent(0.95387)).toBe("95.4");
  expect([0.5, 0.125, 0.3333333].map(boundText)).toEqual(["50", "12.5", "33.33"]);
});

test("a probability is never rounded to a certainty", () => {
  expect([0, 0.0004, 0.001, 0.5, 0.999, 0.9996, 1].map(probabilityText)).toEqual([
    "0.0 %",
    "less than 0.1 %",
    "0.1 %",
    "50.0 %",
    "99.9 %",
    "more than 99.9 %",
    "100.0 %",
  ]);
});

test("sizes", () => {
  expect([1, 812, 3400, 33_554_432, 37_920_427].map(bytesText)).toEqual([
    "1 byte",
    "812 bytes",
    "3.4 kB",
    "32 MiB",
    "36.2 MiB",
  ]);
});

test("durations", () => {
  expect([20, 420, 9940, 9960, 59_600, 200_000].map(durationText)).toEqual([
    "less than 0.1 s",
    "0.4 s",
    "9.9 s",
    "10 s",
    "1 min 0 s",
    "3 min 20 s",
  ]);
});
