import { SeededRandom } from "@gillnet/entity";

import { applyBins } from "../../src/engine/apply-bins.ts";
import type { NumericBins } from "../../src/engine/dtypes.ts";
import { fitBins } from "../../src/engine/fit-bins.ts";
import { boundBetween } from "../../src/engine/tree-predictor.ts";

const random = new SeededRandom(3);
const spread = (n: number, at: (u: number) => number): number[] =>
  [...new Set(Array.from({ length: n }, () => at(random.uniform())))].sort((a, b) => a - b);

/** The first bin whose bound is not below the value. */
function slowCode(bins: NumericBins, value: number): number {
  if (Number.isNaN(value)) return bins.valueBins;
  let bin = 0;
  while (bin + 1 < bins.valueBins && value > boundBetween(bins, bin, bin + 1)) bin++;
  return bin;
}

test.each([
  ["one value", [4]],
  ["two values", [-1, 1]],
  ["three values", [-1, 0, 1]],
  ["neighbouring numbers", [1, 1 + 2 ** -52, 1 + 2 ** -51, 1 + 3 * 2 ** -52]],
  ["two hundred values", spread(200, (u) => u)],
  ["skewed values", spread(254, (u) => Math.exp(60 * u - 30))],
  ["the widest range", [-Number.MAX_VALUE, -1, 0, 5e-324, 1, Number.MAX_VALUE]],
])("%s: each number has the bin that the models' bounds give it", (_, values) => {
  const sorted = Float64Array.from(values);
  const bins: NumericBins = {
    kind: "numeric",
    valueBins: sorted.length,
    hasMissing: true,
    lowest: sorted,
    highest: sorted,
  };
  const between = values.slice(1).flatMap((value, i) => {
    const middle = (values[i] as number) / 2 + value / 2;
    return [middle, middle * (1 + 1e-15), middle * (1 - 1e-15)];
  });
  const beyond = [-Number.MAX_VALUE, -1e6, 1e6, Number.MAX_VALUE, NaN];
  const cells = Float64Array.from([...values, ...between, ...beyond]);
  const codes = applyBins({ data: cells, rows: cells.length, cols: 1 }, [bins]).codes.data;
  cells.forEach((cell, i) => expect([cell, codes[i]]).toEqual([cell, slowCode(bins, cell)]));
});

test("bytes have the bins that the same numbers have, whatever the column is", () => {
  const categories = Array.from({ length: 40 }, (_, code) => `c${code}`);
  const features = [
    { kind: "numeric", name: "few" },
    { kind: "categorical", name: "categories", categories },
    { kind: "numeric", name: "all bytes" },
  ] as const;
  const levels = [3, 40, 256];
  const bytes = Uint8Array.from({ length: 3 * 5000 }, (_, at) =>
    random.integer(levels[at % 3] as number),
  );
  const shape = { rows: 5000, cols: 3 };
  const numbers = { ...shape, data: Float64Array.from(bytes) };
  const columns = fitBins(numbers, null, features);
  expect(fitBins({ ...shape, data: bytes }, null, features)).toEqual(columns);
  expect(applyBins({ ...shape, data: bytes }, columns)).toEqual(applyBins(numbers, columns));
});
