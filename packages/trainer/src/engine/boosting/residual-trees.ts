import { binsOf } from "../column-groups.ts";
import { squaredError } from "../criterion.ts";
import type { BinnedMatrix, RowTargets } from "../dtypes.ts";
import { isAtLimit } from "../growth-limits.ts";
import type { GrowthLimits } from "../growth-limits.ts";
import { GrownTree } from "../grown-tree.ts";
import { fillRoute } from "../split-route.ts";
import { SplitFinder } from "../splitting.ts";
import type { TreeSample } from "../tree-samples.ts";
import { jointRows } from "./joint-rows.ts";
import type { JointRows } from "./joint-rows.ts";
import { BoostingKernel } from "./kernel.ts";

/** Deepest tree: its leaves are numbered as those of a full one, in a byte. */
const MOST_DEPTH = 6;
/** Most weight in all: twice its bits and 28 for the fraction of a residual fit an int64. */
const MOST_WEIGHT = 2 ** 17;

/** What one booster has of its own: the odds, and the last tree's leaves, which are still to be counted in. */
export interface BoostedRows {
  /** exp(-score), before the last tree. */
  readonly odds: Float64Array;
  readonly leaf: Uint8Array;
  /** What each leaf of the last tree multiplies the odds by. */
  readonly factor: Float64Array;
}

/**
 * Grows the trees of gradient boosting on some thousands of rows by a WebAssembly kernel: the same trees as TreeGrower
 * with squaredError on the residuals, but where rounding decides. Residuals are rounded to about 11 digits, so sums
 * of them are exact in any order: columns that tell the same tie exactly, and the lower one wins.
 *
 * Several boosters can use one object side by side: they share rows and samples, and each has its BoostedRows. The
 * rows that take part come first, two by two, then those that are only answered for.
 *
 * Owns memory of the kernel until `end` is called.
 */
export class ResidualTrees {
  /** The leaf (0 to 2^maxDepth - 1) of each node of the tree grown last; -1 for an inner node. */
  readonly leafOf: Int32Array = new Int32Array(2 ** (MOST_DEPTH + 1));
  /** Per leaf: sum of residuals, sum of weight * p * (1 - p), over the rows of the sample. */
  readonly sums: Float64Array;

  readonly #kernel: BoostingKernel = BoostingKernel.take();
  readonly #binned: BinnedMatrix;
  readonly #limits: GrowthLimits;
  readonly #finder: SplitFinder;
  readonly #tree: GrownTree = new GrownTree();
  /** The matrix's row at each place, -1 where there is none. */
  readonly #order: Int32Array;
  /** Places of rows that take part, an even number. */
  readonly #taking: number;
  readonly #joint: JointRows;
  /** An int64 is (weight << shift) + residual * scale. */
  readonly #shift: number;
  readonly #scale: number;
  readonly #nBins: number;
  readonly #sampleSum: Float64Array;
  readonly #sampleWeight: Float64Array;
  /** The sample's rows, and those of the nodes of the tree that grows, node by node. */
  readonly #sampleRows: Int32Array;
  readonly #nodeRows: Int32Array;
  readonly #side: Int32Array;
  readonly #packed: Float64Array;
  readonly #moments: Float64Array;
  readonly #cells: Float64Array;
  readonly #histogram: Float64Array;
  /** Column by column the bin of each place. */
  readonly #codes: Uint8Array;
  readonly #goesLeft: Uint8Array;
  /** A byte a place that is all ones. */
  readonly #allLeft: Uint8Array;
  /** Of the full tree's inner nodes: where each sends the places, and at which address that stands. */
  readonly #routes: readonly Uint8Array[];
  readonly #routeAt: Int32Array;
  readonly #freeBins: Float64Array[] = [];
  #sample: TreeSample | null = null;
  #sampleCount = 0;
  #ended = false;

  /** Whether these rows can be grown on by the kernel. */
  static suits(targets: RowTargets, limits: GrowthLimits): boolean {
    if (limits.maxDepth > MOST_DEPTH) return false;
    let total = 0;
    for (let row = 0; row < targets.weight.length; row++) {
      const weight = targets.weight[row] as number;
      if (!Number.isInteger(weight) || !Number.isInteger(targets.sum[row])) return false;
      total += weight;
    }
    return total <= MOST_WEIGHT;
  }

  /** @param targets rows of weight 0 take no part */
  constructor(binned: BinnedMatrix, targets: RowTargets, limits: GrowthLimits) {
    const kernel = this.#kernel;
    this.#binned = binned;
    this.#limits = limits;
    this.#finder = new SplitFinder(binned, squaredError, limits.minLeafWeight);
    const { order, taking, total } = orderRows(targets.weight);
    this.#order = order;
    this.#taking = taking;
    const bits = weightBits(total);
    this.#shift = 63 - bits;
    this.#scale = residualScale(total);
    this.#nBins = binned.binStart[binned.codes.cols] as number;
    this.#joint = jointRows(binned, order, kernel);
    this.#sampleSum = kernel.f64(taking);
    this.#sampleWeight = kernel.f64(taking);
    this.#sampleRows = kernel.i32(taking + 1);
    this.#nodeRows = kernel.i32(taking + 1);
    this.#side = kernel.i32(taking + 1);
    this.#packed = kernel.f64(taking);
    this.#moments = kernel.f64(2 * taking);
    this.#cells = kernel.f64(256 * this.#joint.groups);
    this.#histogram = kernel.f64(2 * this.#nBins);
    this.#codes = placedCodes(binned, order, kernel);
    this.#goesLeft = kernel.u8(256);
    this.#allLeft = kernel.u8(order.length).fill(255);
    const inner = 2 ** limits.maxDepth - 1;
    this.#routes = Array.from({ length: inner }, () => kernel.u8(order.length));
    this.#routeAt = kernel.i32(inner);
    this.sums = kernel.f64(2 * (inner + 1));
  }

  /** What a booster with these odds to begin with needs of its own. */
  rowsFor(odds: number): BoostedRows {
    const places = this.#order.length;
    return {
      odds: this.#kernel.f64(places).fill(odds),
      leaf: this.#kernel.u8(places),
      factor: this.#kernel.f64(this.sums.length / 2).fill(1),
    };
  }

  /** Sets what the next trees are grown on. */
  setSample(sample: TreeSample): void {
    if (this.#sample === sample) return;
    this.#sample = sample;
    const { sum, weight } = sample.targets;
    for (let at = 0; at < this.#taking; at++) {
      const row = this.#order[at] as number;
      if (row < 0) continue;
      this.#sampleSum[at] = sum[row] as number;
      this.#sampleWeight[at] = weight[row] as number;
    }
    this.#sampleCount = this.#kernel.run.listSample(
      this.#taking,
      this.#sampleWeight.byteOffset,
      this.#sampleRows.byteOffset,
    );
  }

  /**
   * Counts the last tree in, grows one on what is left, and sends all rows down it: `sums` and `leafOf` then
   * tell of it, and `factor` is to be set.
   *
   * @returns a tree that holds until the next one is grown
   */
  grow(rows: BoostedRows): GrownTree {
    const { run } = this.#kernel;
    const tree = this.#tree;
    tree.clear();
    run.findResiduals(
      this.#taking,
      rows.odds.byteOffset,
      rows.leaf.byteOffset,
      rows.factor.byteOffset,
      this.#sampleSum.byteOffset,
      this.#sampleWeight.byteOffset,
      this.#scale,
      this.#shift,
      this.#packed.byteOffset,
      this.#moments.byteOffset,
    );
    // Rows that take no part have odds all the same.
    run.multiplyOdds(
      this.#order.length - this.#taking,
      rows.odds.byteOffset + 8 * this.#taking,
      rows.leaf.byteOffset + this.#taking,
      rows.factor.byteOffset,
    );
    const bins = this.#takeBins();
    this.#count(this.#sampleRows.byteOffset, this.#sampleCount, bins);
    const [sum, weight] = this.#totals(bins);
    this.#growNode(0, 0, this.#sampleRows.byteOffset, this.#sampleCount, sum, weight, bins);
    run.findLeaves(
      this.#order.length,
      this.#limits.maxDepth,
      this.#routeAt.byteOffset,
      rows.leaf.byteOffset,
    );
    run.sumLeaves(
      this.#taking,
      rows.leaf.byteOffset,
      this.#moments.byteOffset,
      this.sums.length / 2,
      this.sums.byteOffset,
    );
    return tree;
  }

  /** OUT `probabilities`: the answers with the last tree counted in, per row of the matrix. */
  answer({ odds, leaf, factor }: BoostedRows, probabilities: Float64Array): void {
    this.#order.forEach((row, at) => {
      if (row < 0) return;
      probabilities[row] = 1 / (1 + (odds[at] as number) * (factor[leaf[at] as number] as number));
    });
  }

  /** Gives the memory back. Nothing of this object, nor the tree's sums, may be used from then on. */
  end(): void {
    if (!this.#ended) this.#kernel.giveBack();
    this.#ended = true;
  }

  /**
   * Adds a node and all beneath it.
   *
   * @param place in the full tree: the children of place i are 2i + 1 and 2i + 2
   * @param rows address of the node's rows
   * @param bins the node's own; null for a node that stays a leaf
   * @returns the node's index
   */
  #growNode(
    place: number,
    depth: number,
    rows: number,
    count: number,
    sum: number,
    weight: number,
    bins: Float64Array | null,
  ): number {
    const tree = this.#tree;
    const node = tree.addLeaf(sum, weight);
    if (
      bins === null ||
      isAtLimit(this.#limits, depth, weight) ||
      !this.#findSplit(sum, weight, bins)
    ) {
      if (bins !== null) this.#freeBins.push(bins);
      this.#endBranch(node, place, depth);
      return node;
    }
    this.leafOf[node] = -1;
    const { best } = this.#finder;
    const { feature, leftSum, leftWeight } = best;
    const rightSum = sum - leftSum;
    const rightWeight = weight - leftWeight;
    tree.split(node, best, this.#binned.columns[feature]?.kind === "categorical");
    const route = this.#findRoute(node, place, feature);

    const leftStays = isAtLimit(this.#limits, depth + 1, leftWeight);
    const rightStays = isAtLimit(this.#limits, depth + 1, rightWeight);
    let left: Float64Array | null = null;
    let right: Float64Array | null = null;
    // The root's rows are the sample's, which other boosters read too.
    const to = depth === 0 ? this.#nodeRows.byteOffset : rows;
    let middle = 0;
    if (leftStays && rightStays) this.#freeBins.push(bins);
    else {
      const { run } = this.#kernel;
      middle = run.partitionRows(rows, count, route, to, this.#side.byteOffset);
      // The smaller child is counted, the larger one is what it leaves of the parent.
      const smaller = this.#takeBins();
      const leftIsSmaller = 2 * middle <= count;
      if (leftIsSmaller) this.#count(to, middle, smaller);
      else this.#count(to + 4 * middle, count - middle, smaller);
      run.takeAway(bins.byteOffset, smaller.byteOffset, this.#nBins);
      left = leftIsSmaller ? smaller : bins;
      right = leftIsSmaller ? bins : smaller;
    }
    tree.left[node] = this.#growNode(
      2 * place + 1,
      depth + 1,
      to,
      middle,
      leftSum,
      leftWeight,
      left,
    );
    tree.right[node] = this.#growNode(
      2 * place + 2,
      depth + 1,
      to + 4 * middle,
      count - middle,
      rightSum,
      rightWeight,
      right,
    );
    return node;
  }

  /** Finds where a node sends all rows, those that the tree is not grown on included. Returns the address. */
  #findRoute(node: number, place: number, feature: number): number {
    const places = this.#order.length;
    const goesLeft = this.#goesLeft;
    fillRoute(this.#binned.columns, this.#tree, node, goesLeft);
    const bins = binsOf(this.#binned, feature);
    for (let bin = 0; bin < bins; bin++) goesLeft[bin] = -(goesLeft[bin] as number);
    const route = (this.#routes[place] as Uint8Array).byteOffset;
    this.#routeAt[place] = route;
    const codes = this.#codes.byteOffset + feature * places;
    this.#kernel.run.findRoute(places, codes, bins, goesLeft.byteOffset, route);
    return route;
  }

  #findSplit(sum: number, weight: number, bins: Float64Array): boolean {
    const finder = this.#finder;
    const histogram = this.#histogram;
    const nBins = this.#nBins;
    this.#kernel.run.unpackBins(
      bins.byteOffset,
      nBins,
      this.#shift,
      1 / this.#scale,
      histogram.byteOffset,
    );
    finder.begin(sum, weight);
    const { cols } = this.#binned.codes;
    for (let column = 0; column < cols; column++) finder.tryColumn(column, histogram);
    if (finder.best.feature < 0) return false;
    finder.finish();
    return true;
  }

  /** Makes all places beneath a leaf send their rows to the left, where its number is found. */
  #endBranch(node: number, place: number, depth: number): void {
    let at = place;
    for (let level = depth; level < this.#limits.maxDepth; level++) {
      this.#routeAt[at] = this.#allLeft.byteOffset;
      at = 2 * at + 1;
    }
    this.leafOf[node] = at - this.#routes.length;
  }

  #count(rows: number, count: number, bins: Float64Array): void {
    const { codes, stride, groups, plan } = this.#joint;
    this.#kernel.run.countRows(
      rows,
      count,
      codes.byteOffset,
      stride,
      groups,
      this.#packed.byteOffset,
      this.#cells.byteOffset,
      plan.byteOffset,
      bins.byteOffset,
    );
  }

  /** Sum and weight of all rows that are counted in `bins`. */
  #totals(bins: Float64Array): [number, number] {
    this.#kernel.run.unpackBins(
      bins.byteOffset,
      this.#binned.binStart[1] as number,
      this.#shift,
      1 / this.#scale,
      this.#histogram.byteOffset,
    );
    let sum = 0;
    let weight = 0;
    for (let bin = 0; bin < (this.#binned.binStart[1] as number); bin++) {
      sum += this.#histogram[2 * bin] as number;
      weight += this.#histogram[2 * bin + 1] as number;
    }
    return [sum, weight];
  }

  /** Room for the int64 of all bins. */
  #takeBins(): Float64Array {
    return this.#freeBins.pop() ?? this.#kernel.f64(this.#nBins);
  }
}

/**
 * Residuals are rounded to multiples of one over this, a power of 2: their sums over rows of this total weight then
 * fit their part of an int64, and each of them fits the 52 bits that it is rounded in.
 */
export function residualScale(totalWeight: number): number {
  const bits = weightBits(totalWeight);
  return 2 ** Math.min(62 - 2 * bits, 50 - bits);
}

/** Bits that hold a weight of this much. */
function weightBits(totalWeight: number): number {
  return Math.max(1, Math.ceil(Math.log2(totalWeight + 1)));
}

function orderRows(weight: Float64Array): {
  readonly order: Int32Array;
  readonly taking: number;
  readonly total: number;
} {
  const taking: number[] = [];
  const others: number[] = [];
  let total = 0;
  weight.forEach((w, row) => {
    (w > 0 ? taking : others).push(row);
    total += w;
  });
  // The kernel takes rows two by two, and some loops sixteen by sixteen.
  if (taking.length % 2 === 1) taking.push(-1);
  while ((taking.length + others.length) % 16 !== 0) others.push(-1);
  return { order: Int32Array.from([...taking, ...others]), taking: taking.length, total };
}

/** The bins of a matrix column by column, in another order of its rows. */
function placedCodes(binned: BinnedMatrix, order: Int32Array, kernel: BoostingKernel): Uint8Array {
  const { data, rows, cols } = binned.codes;
  const codes = kernel.u8(cols * order.length);
  for (let column = 0; column < cols; column++) {
    for (let at = 0; at < order.length; at++) {
      const row = order[at] as number;
      if (row >= 0) codes[column * order.length + at] = data[column * rows + row] as number;
    }
  }
  return codes;
}
