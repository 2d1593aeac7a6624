import type { SeededRandom } from "@gillnet/entity";

import type { Criterion } from "./criterion.ts";
import type { BinnedMatrix, RowTargets } from "./dtypes.ts";
import { GrownTree } from "./grown-tree.ts";
import { isAtLimit } from "./growth-limits.ts";
import type { GrowthLimits } from "./growth-limits.ts";
import { buildHistogram, createHistogram, subtractHistogram } from "./histogram.ts";
import { JointHistogram } from "./joint-histogram.ts";
import { NodeColumns } from "./node-columns.ts";
import { NodeStack } from "./node-stack.ts";
import { partitionRows } from "./partition.ts";
import { SplitFinder } from "./splitting.ts";

/**
 * Grows trees on one binned matrix, depth first, without pruning: a node is split until it is pure, too
 * small, too deep, or constant in every column. Like scikit-learn it takes the best split even when that
 * lowers the impurity by nothing.
 *
 * Two ways to look at a node. All columns: histograms are kept a node, the smaller child's is counted and
 * the larger's is parent minus smaller. A few columns, drawn at every node (forests): only those are
 * counted, there is no parent to subtract from. As in scikit-learn, `columnsPerSplit` columns are drawn
 * without replacement, constant ones included, and more only while all of them were constant.
 *
 * A grower owns its buffers and grows any number of trees one after the other; each depends on nothing but
 * its own arguments.
 */
export class TreeGrower {
  readonly #binned: BinnedMatrix;
  readonly #criterion: Criterion;
  readonly #limits: GrowthLimits;
  readonly #columnsPerSplit: number;
  readonly #finder: SplitFinder;
  readonly #rows: Int32Array;
  readonly #side: Int32Array;
  readonly #columns: NodeColumns;
  readonly #tree: GrownTree = new GrownTree();
  readonly #open: NodeStack = new NodeStack();
  readonly #freeHistograms: Float64Array[] = [];
  readonly #drawnHistogram: Float64Array;
  /** Counts all columns of nodes with many rows; null when columns are drawn. */
  readonly #joint: JointHistogram | null;

  /** @param columnsPerSplit how many columns to draw a node; all of them when it is their number */
  constructor(
    binned: BinnedMatrix,
    criterion: Criterion,
    limits: GrowthLimits,
    columnsPerSplit: number,
  ) {
    const { rows, cols } = binned.codes;
    this.#binned = binned;
    this.#criterion = criterion;
    this.#limits = limits;
    this.#columnsPerSplit = columnsPerSplit;
    this.#finder = new SplitFinder(binned, criterion, limits.minLeafWeight);
    this.#rows = new Int32Array(rows);
    this.#side = new Int32Array(rows);
    this.#columns = new NodeColumns(cols);
    this.#drawnHistogram = createHistogram(binned);
    this.#joint = columnsPerSplit < cols ? null : new JointHistogram(binned);
  }

  /**
   * @param random the stream of this tree alone; not read when every node looks at all columns
   * @returns the grower's own tree, which holds until the next one is grown
   */
  grow(targets: RowTargets, random: SeededRandom): GrownTree {
    const tree = this.#tree;
    tree.clear();
    const open = this.#open;
    const draws = this.#columnsPerSplit < this.#binned.codes.cols;
    this.#columns.reset();
    this.#pushRoot(targets, draws);

    while (open.size > 0) {
      const place = --open.size;
      const sum = open.sum[place] as number;
      const weight = open.weight[place] as number;
      const id = tree.addLeaf(sum, weight);
      const parent = open.parent[place] as number;
      if (parent >= 0) (open.isRight[place] === 1 ? tree.right : tree.left)[parent] = id;
      if (this.#staysLeaf(open.depth[place] as number, sum, weight)) continue;

      this.#finder.begin(sum, weight);
      const histogram = open.histogram[place] ?? null;
      if (histogram === null) this.#tryDrawnColumns(place, targets, random);
      else this.#tryAllColumns(place, histogram);
      const best = this.#finder.best;
      if (best.feature < 0) {
        if (histogram !== null) this.#freeHistograms.push(histogram);
        continue;
      }
      this.#finder.finish();
      tree.split(id, best, this.#binned.columns[best.feature]?.kind === "categorical");
      this.#pushChildren(id, place, histogram, targets);
    }
    return tree;
  }

  /** Opens the root: all rows that take part. */
  #pushRoot(targets: RowTargets, draws: boolean): void {
    const rows = this.#rows;
    let end = 0;
    let sum = 0;
    let weight = 0;
    for (let row = 0; row < rows.length; row++) {
      const w = targets.weight[row] as number;
      // Written in any case, kept if it weighs: which rows a sample has is not to be guessed by a branch.
      rows[end] = row;
      end += Number(w > 0);
      weight += w;
      sum += targets.sum[row] as number;
    }
    let histogram: Float64Array | null = null;
    if (!draws && !this.#staysLeaf(0, sum, weight)) {
      histogram = this.#takeHistogram();
      this.#count(targets, this.#columns.takeAll(0), 0, end, histogram);
    }
    this.#open.push(-1, 0, 0, 0, end, sum, weight, histogram);
  }

  #staysLeaf(depth: number, sum: number, weight: number): boolean {
    return isAtLimit(this.#limits, depth, weight) || this.#criterion.isPure(sum, weight);
  }

  #tryAllColumns(place: number, histogram: Float64Array): void {
    const columns = this.#columns;
    const count = columns.takeAll(place);
    for (let i = 0; i < count; i++) {
      const column = columns.drawn[i] as number;
      if (!this.#finder.tryColumn(column, histogram)) columns.setConstant(place, column);
    }
  }

  #tryDrawnColumns(place: number, targets: RowTargets, random: SeededRandom): void {
    const start = this.#open.start[place] as number;
    const end = this.#open.end[place] as number;
    const columns = this.#columns;
    const { drawn } = columns;
    const histogram = this.#drawnHistogram;
    let visited = 0;
    let found = false;
    while (visited < drawn.length && (visited < this.#columnsPerSplit || !found)) {
      const upTo = Math.max(this.#columnsPerSplit, visited + 1);
      const count = columns.draw(place, visited, upTo, random);
      visited = upTo;
      buildHistogram(this.#binned, targets, drawn, count, this.#rows, start, end, histogram);
      for (let i = 0; i < count; i++) {
        const column = drawn[i] as number;
        if (this.#finder.tryColumn(column, histogram)) found = true;
        else columns.setConstant(place, column);
      }
    }
  }

  /** Parts the rows by the best split and opens both children, the left on top. */
  #pushChildren(
    id: number,
    place: number,
    histogram: Float64Array | null,
    targets: RowTargets,
  ): void {
    const open = this.#open;
    const { feature, leftSum, leftWeight, goesLeft } = this.#finder.best;
    const depth = (open.depth[place] as number) + 1;
    const start = open.start[place] as number;
    const end = open.end[place] as number;
    const rightSum = (open.sum[place] as number) - leftSum;
    const rightWeight = (open.weight[place] as number) - leftWeight;
    const leftStays = this.#staysLeaf(depth, leftSum, leftWeight);
    const rightStays = this.#staysLeaf(depth, rightSum, rightWeight);

    let middle = start;
    if (!(leftStays && rightStays)) {
      const { data, rows: height } = this.#binned.codes;
      middle = partitionRows(data, feature * height, goesLeft, this.#rows, this.#side, start, end);
    }
    let left: Float64Array | null = null;
    let right: Float64Array | null = null;
    if (histogram !== null) {
      const leftIsSmaller = middle - start <= end - middle;
      const [small, large] = leftIsSmaller
        ? this.#childHistograms(histogram, place, targets, start, middle, leftStays, rightStays)
        : this.#childHistograms(histogram, place, targets, middle, end, rightStays, leftStays);
      left = leftIsSmaller ? small : large;
      right = leftIsSmaller ? large : small;
    }
    // The right child gets this node's place on the stack, and so its constant columns; the left a copy.
    this.#columns.copyConstant(place, place + 1);
    open.push(id, 1, depth, middle, end, rightSum, rightWeight, right);
    open.push(id, 0, depth, start, middle, leftSum, leftWeight, left);
  }

  /**
   * Histograms of the smaller child, whose rows are rows[start..end), and of the larger one, from their
   * parent's. A child that stays a leaf needs none and gets null.
   */
  #childHistograms(
    parent: Float64Array,
    place: number,
    targets: RowTargets,
    start: number,
    end: number,
    smallerStays: boolean,
    largerStays: boolean,
  ): [Float64Array | null, Float64Array | null] {
    if (smallerStays && largerStays) {
      this.#freeHistograms.push(parent);
      return [null, null];
    }
    const count = this.#columns.takeAll(place);
    const smaller = this.#takeHistogram();
    this.#count(targets, count, start, end, smaller);
    if (largerStays) this.#freeHistograms.push(parent);
    else subtractHistogram(this.#binned, this.#columns.drawn, count, parent, smaller);
    if (smallerStays) this.#freeHistograms.push(smaller);
    return [smallerStays ? null : smaller, largerStays ? null : parent];
  }

  /** Fills at least the histograms of the first `count` columns of `drawn` from rows[start..end). */
  #count(
    targets: RowTargets,
    count: number,
    start: number,
    end: number,
    histogram: Float64Array,
  ): void {
    if (this.#joint !== null && end - start >= this.#joint.worthFrom) {
      this.#joint.build(targets, this.#rows, start, end, histogram);
    } else {
      const { drawn } = this.#columns;
      buildHistogram(this.#binned, targets, drawn, count, this.#rows, start, end, histogram);
    }
  }

  #takeHistogram(): Float64Array {
    return this.#freeHistograms.pop() ?? createHistogram(this.#binned);
  }
}
