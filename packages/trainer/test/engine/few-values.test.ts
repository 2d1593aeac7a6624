import { MAX_VALUE_BINS } from "../../src/engine/dtypes.ts";
import { findFewValues } from "../../src/engine/few-values.ts";

const numeric = [{ kind: "numeric", name: "a" }] as const;

function valuesOf(
  data: Float64Array | Float32Array | Uint8Array,
): ReturnType<typeof findFewValues>[0] | undefined {
  return findFewValues({ data, rows: data.length, cols: 1 }, numeric)[0];
}

test("the distinct numbers in order, -0 as 0, NaN as missing", () => {
  expect(valuesOf(Float64Array.of(3, -0, NaN, -1, 0, 3, 5e-324))).toEqual({
    values: Float64Array.of(-1, 0, 5e-324, 3),
    hasMissing: true,
  });
  expect(valuesOf(Uint8Array.of(7, 0, 7))).toEqual({
    values: Float64Array.of(0, 7),
    hasMissing: false,
  });
});

test("254 are few, 255 are not, however often they come", () => {
  const cells = (levels: number): Float32Array =>
    Float32Array.from({ length: 3000 }, (_, i) => ((i * 7) % levels) ** 2);
  expect(valuesOf(cells(MAX_VALUE_BINS))?.values?.length).toBe(MAX_VALUE_BINS);
  expect(valuesOf(cells(MAX_VALUE_BINS + 1))?.values).toBe(null);
});
