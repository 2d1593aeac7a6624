import { MissingMarkers } from "../src/missing-markers.ts";

test("the empty text is always missing, and markers are trimmed", () => {
  const markers = new MissingMarkers([" NA ", "?"]);
  expect(["", "NA", "?", "na", "0"].map((text) => markers.hasText(text))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(markers.hasNumber(0)).toBe(false);
});

test("a number without a text is missing when its canonical text is a marker", () => {
  const markers = new MissingMarkers(["-999", "9.0", "-0"]);
  expect(markers.hasNumber(-999)).toBe(true);
  expect(markers.hasNumber(9)).toBe(false);
  expect(markers.mayHaveNumber(9)).toBe(true);
  expect(markers.hasNumber(0)).toBe(false);
  expect(markers.mayHaveNumber(1)).toBe(false);
});
