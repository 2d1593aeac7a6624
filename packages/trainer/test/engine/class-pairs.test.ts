import { classPairs } from "../../src/engine/class-pairs.ts";

test("each row gives a pair for each class that it has", () => {
  const targets = { sum: Float64Array.of(0, 2, 3, 0), weight: Float64Array.of(1, 3, 3, 0) };
  expect(classPairs(targets)).toEqual({
    row: Int32Array.of(0, 1, 1, 2),
    positive: Uint8Array.of(0, 0, 1, 1),
    weight: Float64Array.of(1, 1, 2, 3),
  });
});
