import { cellValue, SeededRandom } from "@gillnet/entity";
import type { Table } from "@gillnet/entity";

import type { BayesianNetwork } from "../../src/synthetic/bayesian-network.ts";
import { sampleBayesianNetwork } from "../../src/synthetic/sample-bayesian-network.ts";

const network: BayesianNetwork = {
  name: "Toy",
  origin: "made up",
  nodes: [
    { name: "y", values: ["yes", "no"], parents: [], probabilities: [[0.3, 0.7]] },
    {
      name: "x",
      values: ["b", null, "a"],
      parents: ["y"],
      probabilities: [
        [0.8, 0.1, 0.1],
        [0, 0.4, 0.6],
      ],
    },
    {
      name: "z",
      values: ["0", "1"],
      parents: ["y", "x"],
      probabilities: [
        [1, 0],
        [0, 1],
        [0.5, 0.5],
        [0.2, 0.8],
        [0.9, 0.1],
        [0, 1],
      ],
    },
  ],
};

/** Share of the rows that have all the given cells. */
function share(table: Table, cells: Record<string, string | null>): number {
  let count = 0;
  for (let row = 0; row < table.rowCount; row++) {
    const fits = table.columns.every(
      (column) => !(column.name in cells) || cellValue(column, row) === cells[column.name],
    );
    if (fits) count++;
  }
  return count / table.rowCount;
}

test("draws each cell with its probability given the parents' cells", () => {
  const table = sampleBayesianNetwork(network, 40_000, new SeededRandom(4));
  // Two decimals: three standard deviations of a share of 40,000 rows are 0.0075 at most.
  expect(share(table, { y: "yes" })).toBeCloseTo(0.3, 1.9);
  expect(share(table, { y: "yes", x: "b" })).toBeCloseTo(0.24, 1.9);
  expect(share(table, { y: "no", x: "b" })).toBe(0);
  expect(share(table, { y: "no", x: null })).toBeCloseTo(0.28, 1.9);
  expect(share(table, { y: "yes", x: null, z: "0" })).toBe(0);
  expect(share(table, { y: "no", x: null, z: "0" })).toBeCloseTo(0.252, 1.9);
  expect(share(table, { y: "no", x: "a", z: "1" })).toBeCloseTo(0.42, 1.9);
});

test("the same seed gives the same table", () => {
  const draw = (seed: number): Table => sampleBayesianNetwork(network, 100, new SeededRandom(seed));
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});

test("categories are sorted, missing is no category", () => {
  const { columns } = sampleBayesianNetwork(network, 100, new SeededRandom(1));
  expect(columns[1]).toMatchObject({ kind: "categorical", categories: ["a", "b"] });
});

test("with a certainty, no row's label is less probable than that given the rest of the row", () => {
  // Given x = null and z = "1" the network says y = "yes" with 0.3 * 0.1 / (0.3 * 0.1 + 0.7 * 0.4 * 0.1) = 0.517,
  // given x = null and z = "0" never; given x = "a" and z = "0" with 0.3 * 0.1 * 0.5 / (... + 0.7 * 0.6 * 0) = 1.
  const sure = sampleBayesianNetwork(network, 5000, new SeededRandom(6), 0.5);
  expect(sure.rowCount).toBe(5000);
  expect(share(sure, { y: "no", x: null, z: "1" })).toBe(0);
  expect(share(sure, { y: "yes", x: null, z: "1" })).toBeGreaterThan(0);
  const loose = sampleBayesianNetwork(network, 5000, new SeededRandom(6), 0.48);
  expect(share(loose, { y: "no", x: null, z: "1" })).toBeGreaterThan(0);
});
