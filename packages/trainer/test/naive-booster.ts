import type { TrainingSet } from "../src/families/family.ts";

/** What the naive booster is told; as the parameters of `hist_gradient_boosting`. */
export interface NaiveBoosterParams {
  readonly learning_rate: number;
  readonly n_estimators: number;
  readonly growth: "depth_wise" | "leaf_wise";
  readonly max_depth: number;
  readonly max_leaf_nodes: number;
  readonly min_samples_leaf: number;
  readonly min_child_weight: number;
  readonly l2_regularization: number;
  /** Sign of each column. */
  readonly monotonic: readonly number[];
}

interface Sums {
  g: number;
  h: number;
  weight: number;
}

interface Node {
  readonly rows: readonly number[];
  readonly sums: Sums;
  readonly depth: number;
  readonly low: number;
  readonly high: number;
  split: NaiveSplit | null;
  isLeaf: boolean;
}

interface NaiveSplit {
  readonly gain: number;
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly column: number;
}

/**
 * The slow oracle of the histogram booster: plain float64 sums over lists of rows, every candidate split summed
 * from nothing, no integers, no subtraction, no packing. Returns the probability of each row.
 */
export function naiveBooster(training: TrainingSet, params: NaiveBoosterParams): number[] {
  const { sum, weight } = training.targets;
  const all = Array.from(weight.keys());
  const positive = sum.reduce((a, b) => a + b, 0);
  const total = weight.reduce((a, b) => a + b, 0);
  const score = all.map(() => Math.log(positive / (total - positive)));
  for (let tree = 0; tree < params.n_estimators; tree++) {
    const p = score.map((s) => 1 / (1 + Math.exp(-s)));
    const rowSums = all.map((row): Sums => {
      const w = weight[row] as number;
      const q = p[row] as number;
      return { g: w * q - (sum[row] as number), h: w * q * (1 - q), weight: w };
    });
    for (const leaf of growTree(training, params, rowSums)) {
      for (const row of leaf.rows)
        score[row]! += params.learning_rate * answer(leaf, leaf.sums, params);
    }
  }
  return score.map((s) => 1 / (1 + Math.exp(-s)));
}

function growTree(
  training: TrainingSet,
  params: NaiveBoosterParams,
  sums: readonly Sums[],
): Node[] {
  const make = (rows: readonly number[], depth: number, low: number, high: number): Node => {
    const node: Node = { rows, sums: add(rows, sums), depth, low, high, split: null, isLeaf: true };
    if (depth < params.max_depth) node.split = bestSplit(training, params, node, sums);
    return node;
  };
  const nodes = [make(Array.from(sums.keys()), 0, -Infinity, Infinity)];
  const leaves = (): Node[] => nodes.filter((node) => node.isLeaf);
  for (;;) {
    const open = leaves().filter((node) => node.split !== null);
    if (open.length === 0 || leaves().length >= params.max_leaf_nodes) return leaves();
    const chosen =
      params.growth === "leaf_wise"
        ? open.reduce((a, b) => (b.split!.gain > a.split!.gain ? b : a))
        : open.reduce((a, b) => (b.depth < a.depth ? b : a));
    const { left, right, column } = chosen.split!;
    chosen.isLeaf = false;
    const [a, b] = [left, right].map((rows) => answer(chosen, add(rows, sums), params));
    const middle = (a! + b!) / 2;
    const sign = params.monotonic[column] as number;
    for (const [rows, isLeft] of [
      [left, true],
      [right, false],
    ] as const) {
      const below = sign !== 0 && sign > 0 === isLeft;
      const above = sign !== 0 && !below;
      nodes.push(
        make(rows, chosen.depth + 1, above ? middle : chosen.low, below ? middle : chosen.high),
      );
    }
  }
}

function bestSplit(
  { binned }: TrainingSet,
  params: NaiveBoosterParams,
  node: Node,
  sums: readonly Sums[],
): NaiveSplit | null {
  const { data, rows: height, cols } = binned.codes;
  let best: NaiveSplit | null = null;
  for (let column = 0; column < cols; column++) {
    const bins = binned.columns[column]!;
    const code = (row: number): number => data[column * height + row]!;
    for (const inLeft of candidates(node, bins.kind, bins.valueBins, code, sums)) {
      const left = node.rows.filter((row) => inLeft.has(code(row)));
      const right = node.rows.filter((row) => !inLeft.has(code(row)));
      const [a, b] = [add(left, sums), add(right, sums)];
      if (left.length === 0 || right.length === 0) continue;
      if (Math.min(a.h, b.h) < params.min_child_weight) continue;
      if (params.min_samples_leaf > 1 && Math.min(a.weight, b.weight) < params.min_samples_leaf)
        continue;
      const sign = params.monotonic[column]!;
      if (sign * (answer(node, b, params) - answer(node, a, params)) < 0) continue;
      const gain = taken(node, a, params) + taken(node, b, params) - taken(node, node.sums, params);
      if (gain > Math.max(1e-6, best?.gain ?? 0)) best = { gain, left, right, column };
    }
  }
  return best;
}

/** The sets of codes that may go left, in the order in which they are tried. */
function candidates(
  node: Node,
  kind: "numeric" | "categorical",
  valueBins: number,
  code: (row: number) => number,
  sums: readonly Sums[],
): Set<number>[] {
  const filled = [...new Set(node.rows.map(code))].sort((a, b) => a - b);
  const prefixes = (order: readonly number[]): Set<number>[] =>
    order.map((_, i) => new Set(order.slice(0, i + 1)));
  if (kind === "categorical") {
    const ratio = (bin: number): number => {
      const { g, h } = add(
        node.rows.filter((row) => code(row) === bin),
        sums,
      );
      return g / (h + 10);
    };
    return prefixes(filled.toSorted((a, b) => ratio(a) - ratio(b) || a - b));
  }
  const values = filled.filter((bin) => bin < valueBins);
  const missingRight = prefixes(values);
  if (!filled.includes(valueBins)) return missingRight;
  return [...missingRight, ...missingRight.map((set) => new Set([...set, valueBins]))];
}

function add(rows: readonly number[], sums: readonly Sums[]): Sums {
  const total = { g: 0, h: 0, weight: 0 };
  for (const row of rows) {
    total.g += sums[row]!.g;
    total.h += sums[row]!.h;
    total.weight += sums[row]!.weight;
  }
  return total;
}

function answer(within: Node, { g, h }: Sums, params: NaiveBoosterParams): number {
  return Math.min(within.high, Math.max(within.low, -g / (h + params.l2_regularization)));
}

function taken(within: Node, sums: Sums, params: NaiveBoosterParams): number {
  const value = answer(within, sums, params);
  return -(2 * sums.g + (sums.h + params.l2_regularization) * value) * value;
}
