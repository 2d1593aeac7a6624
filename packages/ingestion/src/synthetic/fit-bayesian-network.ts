import { canonicalNumber, cellValue, PipelineError } from "@gillnet/entity";
import type { Column, Table } from "@gillnet/entity";

import type { BayesianNetwork, BayesianNode } from "./bayesian-network.ts";

export interface FitNetworkOptions {
  /** The label column: every other column depends on it. */
  readonly label: string;
  /** For people: see BayesianNetwork. */
  readonly name: string;
  readonly origin: string;
}

/** Tables of conditional probabilities grow with the cube of this. */
const MAXIMUM_VALUES = 64;

const DECIMALS = 4;

/** A column as indices into the list of its values, missing among them. */
interface DiscreteColumn {
  readonly name: string;
  readonly values: readonly (string | null)[];
  readonly indices: Int32Array;
}

/** A feature and its parent in the tree, if any yet, with what the two know of each other. */
interface TreeEdge {
  readonly feature: DiscreteColumn;
  parent: DiscreteColumn | undefined;
  information: number;
}

/**
 * Learns a tree-augmented naive Bayes network: each column depends on the label and on at most one other
 * column, along the tree that keeps the most information (the maximum spanning tree of the columns'
 * mutual information given the label).
 *
 * Probabilities are smoothed by adding one to each count (Laplace) and rounded to four decimals. The order
 * of the rows has no influence. O(columns^2 * rows). Method: Friedman, Geiger and Goldszmidt, "Bayesian
 * network classifiers" (1997), after Chow and Liu (1968).
 *
 * @throws PipelineError INGESTION_NETWORK_TABLE when the label is no column, there is no other column, or a
 *   column has more than 64 distinct values.
 */
export function fitBayesianNetwork(table: Table, options: FitNetworkOptions): BayesianNetwork {
  const columns = table.columns.map((column) => discretize(column, table.rowCount));
  const label = columns.find(({ name }) => name === options.label);
  if (label === undefined || columns.length < 2 || table.rowCount === 0) {
    throw new PipelineError(
      "INGESTION_NETWORK_TABLE",
      `A network needs rows, the label column ${options.label} and at least one more column, got ${table.rowCount} rows of ${columns.length} columns`,
    );
  }
  const features = columns.filter((column) => column !== label);
  const nodes: BayesianNode[] = [toNode(label, [])];
  for (const { feature, parent } of spanningTree(features, label)) {
    nodes.push(toNode(feature, parent === undefined ? [label] : [label, parent]));
  }
  return { name: options.name, origin: options.origin, nodes };
}

function discretize(column: Column, rowCount: number): DiscreteColumn {
  const texts = Array.from({ length: rowCount }, (_, row) => {
    const value = cellValue(column, row);
    return typeof value === "number" ? canonicalNumber(value) : value;
  });
  const distinct = new Set(texts);
  if (distinct.size > MAXIMUM_VALUES) {
    throw new PipelineError(
      "INGESTION_NETWORK_TABLE",
      `Column ${column.name} has ${distinct.size} distinct values, a network takes at most ${MAXIMUM_VALUES}`,
      { hint: "Leave the column out or put its values into bins first" },
    );
  }
  const values: (string | null)[] = [...distinct].filter((text) => text !== null).sort();
  if (distinct.has(null)) values.push(null);
  const indexOf = new Map(values.map((value, index) => [value, index]));
  return {
    name: column.name,
    values,
    indices: Int32Array.from(texts, (text) => indexOf.get(text) as number),
  };
}

/**
 * Prim's algorithm: features in the order in which they join the tree, each with its parent there. The first
 * has none; ties go to the earlier column.
 */
function spanningTree(features: readonly DiscreteColumn[], label: DiscreteColumn): TreeEdge[] {
  const waiting = features.map((feature): TreeEdge => ({
    feature,
    parent: undefined,
    information: 0,
  }));
  const tree: TreeEdge[] = [];
  while (waiting.length > 0) {
    const best = waiting.reduce((a, b) => (b.information > a.information ? b : a));
    waiting.splice(waiting.indexOf(best), 1);
    tree.push(best);
    for (const other of waiting) {
      const information = conditionalInformation(best.feature, other.feature, label);
      if (other.parent === undefined || information > other.information) {
        other.parent = best.feature;
        other.information = information;
      }
    }
  }
  return tree;
}

/** Mutual information of two columns given the label, in nats: sum of p(x, y, c) log(p(x, y | c) / p(x | c) p(y | c)). */
function conditionalInformation(
  x: DiscreteColumn,
  y: DiscreteColumn,
  label: DiscreteColumn,
): number {
  const rows = label.indices.length;
  const joint = countCombinations([label, x, y]);
  const xCounts = countCombinations([label, x]);
  const yCounts = countCombinations([label, y]);
  const classCounts = countCombinations([label]);
  let information = 0;
  for (let combination = 0; combination < joint.length; combination++) {
    const count = joint[combination] as number;
    if (count === 0) continue;
    const yIndex = combination % y.values.length;
    const classAndX = (combination - yIndex) / y.values.length;
    const cls = Math.floor(classAndX / x.values.length);
    const expected =
      ((xCounts[classAndX] as number) * (yCounts[cls * y.values.length + yIndex] as number)) /
      (classCounts[cls] as number);
    information += (count / rows) * Math.log(count / expected);
  }
  return information;
}

/** How often each combination of the columns' values occurs; the last column's value changes fastest. */
function countCombinations(columns: readonly DiscreteColumn[]): Float64Array {
  const size = columns.reduce((product, { values }) => product * values.length, 1);
  const counts = new Float64Array(size);
  const rows = columns[0]?.indices.length ?? 0;
  for (let row = 0; row < rows; row++) {
    let combination = 0;
    for (const { indices, values } of columns) {
      combination = combination * values.length + (indices[row] as number);
    }
    counts[combination] = (counts[combination] as number) + 1;
  }
  return counts;
}

function toNode(column: DiscreteColumn, parents: readonly DiscreteColumn[]): BayesianNode {
  const width = column.values.length;
  const counts = countCombinations([...parents, column]);
  const probabilities: number[][] = [];
  for (let start = 0; start < counts.length; start += width) {
    probabilities.push(toProbabilities(counts.subarray(start, start + width)));
  }
  return {
    name: column.name,
    values: column.values,
    parents: parents.map(({ name }) => name),
    probabilities,
  };
}

/** Smoothed shares, rounded; the largest takes what rounding leaves, so that the sum is 1. */
function toProbabilities(counts: Float64Array): number[] {
  const total = counts.reduce((sum, count) => sum + count, counts.length);
  const units = 10 ** DECIMALS;
  const shares = Array.from(counts, (count) => Math.round(((count + 1) / total) * units));
  const largest = shares.indexOf(Math.max(...shares));
  const rest = units - shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share, index) => (index === largest ? share + rest : share) / units);
}
