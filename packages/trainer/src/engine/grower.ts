import type { SeededRandom } from "@gillnet/entity";

import type { Criterion } from "./criterion.ts";
import type { BinnedMatrix, RowTargets } from "./dtypes.ts";
import { GrownTree } from "./grown-tree.ts";
import { buildHistogram, createHistogram, subtractHistogram } from "./histogram.ts";
import { JointHistogram } from "./joint-histogram.ts";
import { NodeStack } from "./node-stack.ts";
import { partitionRows } from "./partition.ts";
import { SplitFinder } from "./splitting.ts";

/** When a node stays a leaf. Weights are in the units of the row targets. */
export interface GrowthLimits {
  /** Depth of the deepest leaf; Infinity for none. The root has depth 0. */
  readonly maxDepth: number;
  /** A lighter node is not split. */
  readonly minSplitWeight: number;
  /** A split that leaves a lighter child is not considered. */
  readonly minLeafWeight: number;
}

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
  /** Columns to look at, in order; when they are drawn, a permutation that the draws keep shuffling. */
  readonly #columns: Int32Array;
  readonly #drawn: Int32Array;
  /** A bit a column that is known to be constant: `#constantWords` words for each place of the stack. */
  #constant: Uint32Array;
  readonly #constantWords: number;
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
    this.#columns = new Int32Array(cols);
    this.#drawn = new Int32Array(cols);
    this.#constantWords = Math.ceil(cols / 32);
    this.#constant = new Uint32Array(64 * this.#constantWords);
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
    const draws = this.#columnsPerSplit < this.#columns.length;
    for (let i = 0; i < this.#columns.length; i++) this.#columns[i] = i;
    this.#constant.fill(0, 0, this.#constantWords);
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
    const columns = this.#columns;
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
      this.#count(targets, columns, columns.length, 0, end, histogram);
    }
    this.#open.push(-1, 0, 0, 0, end, sum, weight, histogram);
  }

  #staysLeaf(depth: number, sum: number, weight: number): boolean {
    const { maxDepth, minSplitWeight, minLeafWeight } = this.#limits;
    return (
      depth >= maxDepth ||
      weight < minSplitWeight ||
      weight < 2 * minLeafWeight ||
      this.#criterion.isPure(sum, weight)
    );
  }

  #tryAllColumns(place: number, histogram: Float64Array): void {
    for (let column = 0; column < this.#columns.length; column++) {
      if (this.#isConstant(place, column)) continue;
      if (!this.#finder.tryColumn(column, histogram)) this.#setConstant(place, column);
    }
  }

  #tryDrawnColumns(place: number, targets: RowTargets, random: SeededRandom): void {
    const start = this.#open.start[place] as number;
    const end = this.#open.end[place] as number;
    const drawn = this.#drawn;
    const columns = this.#columns;
    const histogram = this.#drawnHistogram;
    let visited = 0;
    let found = false;
    while (visited < columns.length && (visited < this.#columnsPerSplit || !found)) {
      const upTo = Math.max(this.#columnsPerSplit, visited + 1);
      let count = 0;
      for (; visited < upTo; visited++) {
        // Scaling 32 bits is unfair by less than columns / 2^32, and far cheaper than a remainder.
        const at =
          visited + Math.floor((random.uint32() * (columns.length - visited)) / 4294967296);
        const column = columns[at] as number;
        columns[at] = columns[visited] as number;
        columns[visited] = column;
        if (!this.#isConstant(place, column)) drawn[count++] = column;
      }
      buildHistogram(this.#binned, targets, drawn, count, this.#rows, start, end, histogram);
      for (let i = 0; i < count; i++) {
        const column = drawn[i] as number;
        if (this.#finder.tryColumn(column, histogram)) found = true;
        else this.#setConstant(place, column);
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
    this.#copyConstants(place, place + 1);
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
    const drawn = this.#drawn;
    let count = 0;
    for (let column = 0; column < this.#columns.length; column++) {
      if (!this.#isConstant(place, column)) drawn[count++] = column;
    }
    const smaller = this.#takeHistogram();
    this.#count(targets, drawn, count, start, end, smaller);
    if (largerStays) this.#freeHistograms.push(parent);
    else subtractHistogram(this.#binned, drawn, count, parent, smaller);
    if (smallerStays) this.#freeHistograms.push(smaller);
    return [smallerStays ? null : smaller, largerStays ? null : parent];
  }

  /** Fills at least the histograms of the first `count` of `columns` from rows[start..end). */
  #count(
    targets: RowTargets,
    columns: Int32Array,
    count: number,
    start: number,
    end: number,
    histogram: Float64Array,
  ): void {
    if (this.#joint !== null && end - start >= this.#joint.worthFrom) {
      this.#joint.build(targets, this.#rows, start, end, histogram);
    } else {
      buildHistogram(this.#binned, targets, columns, count, this.#rows, start, end, histogram);
    }
  }

  #takeHistogram(): Float64Array {
    return this.#freeHistograms.pop() ?? createHistogram(this.#binned);
  }

  #isConstant(place: number, column: number): boolean {
    const word = this.#constant[place * this.#constantWords + (column >> 5)] as number;
    return ((word >>> (column & 31)) & 1) === 1;
  }

  #setConstant(place: number, column: number): void {
    const at = place * this.#constantWords + (column >> 5);
    this.#constant[at] = (this.#constant[at] as number) | (1 << (column & 31));
  }

  #copyConstants(from: number, to: number): void {
    const words = this.#constantWords;
    if ((to + 1) * words > this.#constant.length) {
      const larger = new Uint32Array(2 * this.#constant.length);
      larger.set(this.#constant);
      this.#constant = larger;
    }
    for (let i = 0; i < words; i++) {
      this.#constant[to * words + i] = this.#constant[from * words + i] as number;
    }
  }
}
