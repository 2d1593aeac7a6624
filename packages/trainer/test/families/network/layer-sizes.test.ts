import { LAYER_SIZES_PATTERN, layerSizes } from "../../../src/families/network/layer-sizes.ts";

test.each([
  ["64-32", [64, 32]],
  ["7", [7]],
  ["99999-1-1-1-1-1-1-1", [99999, 1, 1, 1, 1, 1, 1, 1]],
])("%s is units layer by layer", (text, sizes) => {
  expect(layerSizes(text)).toEqual(sizes);
});

test.each(["", "0", "64-", "-64", "64-0", "064", "64,32", "100000", "1-1-1-1-1-1-1-1-1", 64, null])(
  "%p is none",
  (text) => {
    expect(new RegExp(LAYER_SIZES_PATTERN).test(String(text ?? ""))).toBe(text === 64);
    expect(() => layerSizes(text)).toThrow(
      expect.objectContaining({ code: "TRAINER_BAD_LAYER_SIZES" }),
    );
  },
);
