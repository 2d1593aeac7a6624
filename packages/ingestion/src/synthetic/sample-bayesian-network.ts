import type { CategoricalColumn, SeededRandom, Table } from "@gillnet/entity";

import type { BayesianNetwork, BayesianNode } from "./bayesian-network.ts";

/** Drawn cells of one node: an index into its values for each row. */
interface DrawnNode {
  readonly node: BayesianNode;
  readonly indices: Int32Array;
}

/**
 * Draws `rowCount` independent rows: each node's cell given its parents' cells, nodes in their order.
 *
 * A row whose first node (the label) has less than `certainty` of the probability given all other cells is
 * drawn again, so that the two classes overlap less than in the network: 0 keeps every row, and at 0.5 the
 * network itself would be right on each. Columns are categorical, in the order of the nodes. The same
 * network, counts and random give the same table. O(rows * nodes * values).
 */
export function sampleBayesianNetwork(
  network: BayesianNetwork,
  rowCount: number,
  random: SeededRandom,
  certainty: number = 0,
): Table {
  const indices = network.nodes.map(() => new Int32Array(rowCount));
  let filled = 0;
  for (let round = 0; filled < rowCount; round++) {
    const drawn = drawRows(network, rowCount, random.fork(round));
    const posterior = labelPosterior(drawn, rowCount);
    for (let row = 0; row < rowCount && filled < rowCount; row++) {
      if ((posterior[row] as number) < certainty) continue;
      for (let node = 0; node < drawn.length; node++) {
        (indices[node] as Int32Array)[filled] = (drawn[node] as DrawnNode).indices[row] as number;
      }
      filled++;
    }
  }
  return {
    columns: network.nodes.map((node, i) => toColumn(node, indices[i] as Int32Array)),
    rowCount,
  };
}

/** Each node draws from its own stream. */
function drawRows(network: BayesianNetwork, rowCount: number, random: SeededRandom): DrawnNode[] {
  const drawn: DrawnNode[] = [];
  for (const node of network.nodes) {
    const combination = combinationOf(node, drawn, rowCount);
    drawn.push({ node, indices: drawIndices(node, combination, random.fork(node.name)) });
  }
  return drawn;
}

/** For each row, which list of the node's probabilities holds given its parents' cells. */
function combinationOf(
  node: BayesianNode,
  drawn: readonly DrawnNode[],
  rowCount: number,
): Int32Array {
  const combination = new Int32Array(rowCount);
  for (const name of node.parents) {
    // parseBayesianNetwork has checked that parents come first.
    const parent = drawn.find((other) => other.node.name === name) as DrawnNode;
    const valueCount = parent.node.values.length;
    for (let row = 0; row < rowCount; row++) {
      combination[row] =
        (combination[row] as number) * valueCount + (parent.indices[row] as number);
    }
  }
  return combination;
}

/** For each row the probability of its first node's cell given all other cells, by Bayes' rule. */
function labelPosterior(drawn: readonly DrawnNode[], rowCount: number): Float64Array {
  const [label, ...others] = drawn as [DrawnNode, ...DrawnNode[]];
  const own = new Float64Array(rowCount);
  const total = new Float64Array(rowCount);
  for (let value = 0; value < label.node.values.length; value++) {
    const supposed = [
      { node: label.node, indices: new Int32Array(rowCount).fill(value) },
      ...others,
    ];
    const likelihood = new Float64Array(rowCount).fill(1);
    for (const { node, indices } of supposed) {
      const combination = combinationOf(node, supposed, rowCount);
      for (let row = 0; row < rowCount; row++) {
        const list = node.probabilities[combination[row] as number] as readonly number[];
        likelihood[row] = (likelihood[row] as number) * (list[indices[row] as number] as number);
      }
    }
    for (let row = 0; row < rowCount; row++) {
      total[row] = (total[row] as number) + (likelihood[row] as number);
      if (label.indices[row] === value) own[row] = likelihood[row] as number;
    }
  }
  return own.map((likelihood, row) => likelihood / (total[row] as number));
}

/** An index into the node's values for each row. */
function drawIndices(
  node: BayesianNode,
  combination: Int32Array,
  random: SeededRandom,
): Int32Array {
  return combination.map((row) => {
    const probabilities = node.probabilities[row] as readonly number[];
    let left = random.uniform();
    let index = 0;
    // Rounded probabilities may sum to a little less than 1: the last value takes the rest.
    while (index < probabilities.length - 1 && left >= (probabilities[index] as number)) {
      left -= probabilities[index] as number;
      index++;
    }
    return index;
  });
}

function toColumn(node: BayesianNode, indices: Int32Array): CategoricalColumn {
  const categories = node.values.filter((value) => value !== null).sort();
  const codeOfIndex = node.values.map((value) => (value === null ? -1 : categories.indexOf(value)));
  return {
    kind: "categorical",
    name: node.name,
    codes: indices.map((index) => codeOfIndex[index] as number),
    categories,
  };
}
