import { parseBayesianNetwork } from "../../src/synthetic/bayesian-network.ts";

const label = { name: "y", values: ["no", "yes"], parents: [], probabilities: [[0.25, 0.75]] };
const feature = {
  name: "x",
  values: ["a", "b", null],
  parents: ["y"],
  probabilities: [
    [0.5, 0.5, 0],
    [0.3333, 0.3333, 0.3333],
  ],
};
const network = { name: "Toy", origin: "made up", nodes: [label, feature] };

test("reads a good network", () => {
  expect(parseBayesianNetwork(JSON.stringify(network), "toy.json")).toEqual(network);
});

const bad: Record<string, unknown> = {
  "has no list of nodes": { ...network, nodes: [] },
  "has no name or no origin": { ...network, origin: undefined },
  "has a bad node 1: it is not an object": { ...network, nodes: [7] },
  "has a bad node 1: it has no name": { ...network, nodes: [{ ...label, name: "" }] },
  "has a bad node 2: the name y occurs twice": { ...network, nodes: [label, label] },
  "has a bad node 1: the values of y are not a list": {
    ...network,
    nodes: [{ ...label, values: ["no", "no"] }],
  },
  "has a bad node 1: y has no list of parents": {
    ...network,
    nodes: [{ ...label, parents: null }],
  },
  "has a bad node 1: x has the parent y, which is no earlier node": {
    ...network,
    nodes: [feature, label],
  },
  "has a bad node 2: x needs 2 lists of probabilities": {
    ...network,
    nodes: [label, { ...feature, probabilities: [[0.5, 0.5, 0]] }],
  },
  "has a bad node 1: a list of probabilities of y is not 2 numbers with the sum 1": {
    ...network,
    nodes: [{ ...label, probabilities: [[0.5, 0.6]] }],
  },
  "is not 2 numbers": { ...network, nodes: [{ ...label, probabilities: [[1.5, -0.5]] }] },
};

test.each(Object.entries(bad))("refuses one that %s", (problem, value) => {
  expect(() => parseBayesianNetwork(JSON.stringify(value), "toy.json")).toThrow(
    expect.objectContaining({
      code: "INGESTION_NETWORK_BAD",
      message: expect.stringContaining(problem),
    }),
  );
});

test("refuses what is not JSON", () => {
  expect(() => parseBayesianNetwork("{", "toy.json")).toThrow(
    expect.objectContaining({
      code: "INGESTION_NETWORK_BAD",
      message: "The network file toy.json is not JSON",
    }),
  );
});
