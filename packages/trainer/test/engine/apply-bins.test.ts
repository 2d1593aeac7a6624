import { applyBins } from "../../src/engine/apply-bins.ts";
import { fitBins } from "../../src/engine/fit-bins.ts";

test("codes stand column by column, the missing cells in the last bin", () => {
  const x = { data: Float64Array.of(5, 1, NaN, 0, -2, 1, 5, NaN), rows: 4, cols: 2 };
  const columns = fitBins(x, new Float64Array(4).fill(1), [
    { kind: "numeric", name: "a" },
    { kind: "categorical", name: "b", categories: ["no", "yes"] },
  ]);
  const binned = applyBins(x, columns);
  expect(Array.from(binned.codes.data)).toEqual([1, 2, 0, 1, /* b */ 1, 0, 1, 2]);
  expect(Array.from(binned.binStart)).toEqual([0, 3, 6]);
  expect(binned.codes).toMatchObject({ rows: 4, cols: 2 });
});

test("without missing cells there is no bin for them", () => {
  const x = { data: Float64Array.of(5, 7), rows: 2, cols: 1 };
  const binned = applyBins(x, fitBins(x, Float64Array.of(1, 1), [{ kind: "numeric", name: "a" }]));
  expect(Array.from(binned.binStart)).toEqual([0, 2]);
});
