import { SeededRandom } from "@gillnet/entity";

import { binCoder } from "../../src/engine/bin-coder.ts";
import type { NumericBins } from "../../src/engine/dtypes.ts";
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
  const codes = new Uint8Array(2 * cells.length);
  binCoder(bins)(cells, 0, 1, cells.length, codes, 1, 2);
  cells.forEach((cell, i) =>
    expect([cell, codes[2 * i + 1]]).toEqual([cell, slowCode(bins, cell)]),
  );
});
