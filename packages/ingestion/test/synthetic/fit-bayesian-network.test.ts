import { SeededRandom, takeRows } from "@gillnet/entity";
import type { Table } from "@gillnet/entity";

import type { BayesianNetwork } from "../../src/synthetic/bayesian-network.ts";
import { parseBayesianNetwork } from "../../src/synthetic/bayesian-network.ts";
import { fitBayesianNetwork } from "../../src/synthetic/fit-bayesian-network.ts";
import { sampleBayesianNetwork } from "../../src/synthetic/sample-bayesian-network.ts";
import { categorical, numeric, tableOf } from "../tables.ts";

const options = { label: "y", name: "Toy", origin: "made up" };

/** A chain y -> a -> b -> c beside d, which knows only y. */
const chain: BayesianNetwork = {
  name: "Chain",
  origin: "made up",
  nodes: [
    { name: "y", values: ["0", "1"], parents: [], probabilities: [[0.4, 0.6]] },
    ...(
      [
        ["a", ["y"]],
        ["b", ["y", "a"]],
        ["c", ["y", "b"]],
        ["d", ["y"]],
      ] as const
    ).map(([name, parents]) => ({
      name,
      values: ["0", "1"],
      parents,
      probabilities:
        parents.length === 1
          ? [
              [0.7, 0.3],
              [0.2, 0.8],
            ]
          : [
              [0.9, 0.1],
              [0.2, 0.8],
              [0.85, 0.15],
              [0.1, 0.9],
            ],
    })),
  ],
};

test("counts, smooths and rounds, by hand", () => {
  const table = tableOf(
    numeric("x", [1, 1, 2, Number.NaN]),
    categorical("y", ["p", "p", "p", "q"]),
  );
  expect(fitBayesianNetwork(table, options)).toEqual({
    name: "Toy",
    origin: "made up",
    nodes: [
      { name: "y", values: ["p", "q"], parents: [], probabilities: [[0.6667, 0.3333]] },
      {
        name: "x",
        values: ["1", "2", null],
        parents: ["y"],
        probabilities: [
          [0.5, 0.3333, 0.1667],
          [0.25, 0.25, 0.5],
        ],
      },
    ],
  });
});

test("finds the chain that a table was drawn from, and its probabilities", () => {
  const table = sampleBayesianNetwork(chain, 20_000, new SeededRandom(8));
  const fitted = fitBayesianNetwork(table, options);
  const edges = fitted.nodes.map(({ name, parents }) =>
    [name, ...parents.slice(1)].sort().join(""),
  );
  expect(edges).toEqual(expect.arrayContaining(["ab", "bc"]));
  const b = fitted.nodes.find(({ name }) => name === "b");
  for (const [index, list] of (chain.nodes[2]?.probabilities ?? []).entries()) {
    expect(b?.probabilities[index]?.[0]).toBeCloseTo(list[0] as number, 1.5);
  }
  expect(() => parseBayesianNetwork(JSON.stringify(fitted), "fitted.json")).not.toThrow();
});

test("the order of the rows has no influence", () => {
  const table = sampleBayesianNetwork(chain, 300, new SeededRandom(2));
  const order = Uint32Array.from({ length: 300 }, (_, row) => row);
  new SeededRandom(3).shuffle(order);
  expect(fitBayesianNetwork(takeRows(table, order), options)).toEqual(
    fitBayesianNetwork(table, options),
  );
});

describe("refuses a table", () => {
  const refused: Record<string, Table> = {
    "without the label": tableOf(numeric("x", [1])),
    "of the label alone": tableOf(numeric("y", [1])),
    "without rows": tableOf(numeric("x", []), numeric("y", [])),
    "with a column of many values": tableOf(
      numeric("x", [...Array(65).keys()]),
      numeric("y", Array<number>(65).fill(1)),
    ),
  };
  test.each(Object.keys(refused))("%s", (name) => {
    expect(() => fitBayesianNetwork(refused[name] as Table, options)).toThrow(
      expect.objectContaining({ code: "INGESTION_NETWORK_TABLE" }),
    );
  });
});
