import type { CategoricalColumn, SeededRandom, Table } from "@gillnet/entity";

import type { BayesianNetwork, BayesianNode } from "./bayesian-network.ts";

/**
 * Draws `rowCount` independent rows: each node's cell given its parents' cells, nodes in their order.
 *
 * Columns are categorical, in the order of the nodes, and each draws from its own stream, so that the same
 * network, count and random give the same table. O(rows * nodes * values).
 */
export function sampleBayesianNetwork(
  network: BayesianNetwork,
  rowCount: number,
  random: SeededRandom,
): Table {
  const drawn = new Map<string, { readonly indices: Int32Array; readonly valueCount: number }>();
  const columns = network.nodes.map((node) => {
    const combination = new Int32Array(rowCount);
    for (const parent of node.parents) {
      // parseBayesianNetwork has checked that parents come first.
      const { indices, valueCount } = drawn.get(parent) as NonNullable<
        ReturnType<typeof drawn.get>
      >;
      for (let row = 0; row < rowCount; row++) {
        combination[row] = (combination[row] as number) * valueCount + (indices[row] as number);
      }
    }
    const indices = drawIndices(node, combination, random.fork(node.name));
    drawn.set(node.name, { indices, valueCount: node.values.length });
    return toColumn(node, indices);
  });
  return { columns, rowCount };
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
