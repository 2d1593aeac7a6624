import { gini } from "../criterion.ts";
import type { ColumnDigit } from "../column-groups.ts";
import type { BinnedMatrix, ColumnBins, RowTargets } from "../dtypes.ts";
import { GrownTree } from "../grown-tree.ts";
import { placeRows } from "../row-places.ts";
import { fillRoute } from "../split-route.ts";
import { completeGoesLeft, noSplit } from "../splitting.ts";
import type { Split } from "../splitting.ts";
import type { NodeAnswers } from "../tree-predictor.ts";
import { describeColumns, fillSides, groupRows } from "./grouped-rows.ts";
import type { GroupedRows } from "./grouped-rows.ts";
import { adaboostKernels } from "./kernel.ts";
import type { AdaBoostKernel } from "./kernel.ts";

/** Codes of a group. */
const CODES = 256;
/** Bytes of a group's cells, and of what the search of a split takes. */
const CELL_BYTES = 4096;
const SEARCH_BYTES = 7168;

/**
 * Grows stumps by Gini impurity on weighted rows, and weighs the rows anew after each, by a WebAssembly kernel: the
 * stumps that TreeGrower grows, but where rounding decides. All sums are in a fixed order.
 *
 * The weights add up to 1, those of positive and of negative copies of a row apart. A stump has one node or three: the
 * root and, left before right, its children.
 *
 * Owns memory of the kernel until `end` is called: 40 bytes a row, and one a row and group of columns.
 */
export class StumpGrower {
  /** Of the last stump's nodes: the vote for the positive class, and what their rows weigh to begin with. */
  readonly nodes: NodeAnswers = { value: new Float64Array(3), cover: new Float64Array(3) };
  /** Weight of the rows that the last stump is wrong about, of 1; exactly 0 when there are none. */
  error = 0;

  readonly #kernel: AdaBoostKernel = adaboostKernels.take();
  readonly #binned: BinnedMatrix;
  readonly #tree: GrownTree = new GrownTree();
  /** Weights in each node of the last stump. */
  readonly #positive: Float64Array = new Float64Array(3);
  readonly #negative: Float64Array = new Float64Array(3);
  /** The matrix's row at each place: those that take part come first. */
  readonly #order: Int32Array;
  readonly #taking: number;
  readonly #grouped: GroupedRows;
  /** Two cells a row or bin, and in all: of positives and of negatives. */
  readonly #weights: Float64Array;
  readonly #least: Float64Array;
  readonly #bins: Float64Array;
  readonly #total: Float64Array;
  readonly #cells: Uint8Array;
  readonly #scores: Float64Array;
  /** What all rows, and those of each bin, weigh to begin with. */
  readonly #cover: number;
  readonly #binCover: Float64Array;
  readonly #columns: Int32Array;
  readonly #scratch: Uint8Array;
  /** What findSplit says: feature, last bin on the left, first one on the right, whether missing cells go left. */
  readonly #found: Int32Array;
  readonly #split: Split;
  readonly #goesLeft: Uint8Array = new Uint8Array(CODES);
  /** The last stump as castStump takes it: its group of columns, the side of each code, and either side's meaning. */
  #group = 0;
  readonly #sides: Uint8Array;
  readonly #factors: Float64Array;
  readonly #answers: Float64Array;

  /**
   * @param targets rows of weight 0 take no part, but have a score
   * @param leastShare of all weight: a row that weighs 1 to begin with never falls below
   */
  constructor(binned: BinnedMatrix, targets: RowTargets, leastShare: number) {
    const kernel = this.#kernel;
    const { rows, cols } = binned.codes;
    const nBins = binned.binStart[cols] as number;
    const { order, taking } = placeRows(targets.weight);
    this.#binned = binned;
    this.#order = order;
    this.#taking = taking;
    this.#grouped = groupRows(binned, order, kernel);
    this.#weights = kernel.f64(2 * taking);
    this.#least = kernel.f64(2 * taking);
    this.#bins = kernel.f64(2 * nBins);
    this.#total = kernel.f64(2);
    this.#cells = kernel.u8(CELL_BYTES * this.#grouped.groups);
    this.#scores = kernel.f64(rows);
    this.#columns = kernel.i32(4 * cols);
    this.#scratch = kernel.u8(SEARCH_BYTES);
    this.#found = kernel.i32(4);
    this.#split = { ...noSplit(), goesLeft: kernel.u8(CODES) };
    this.#sides = kernel.u8(CODES);
    this.#factors = kernel.f64(4);
    this.#answers = kernel.f64(2);

    describeColumns(binned, this.#columns);
    let total = 0;
    for (let at = 0; at < taking; at++) {
      const row = order[at] as number;
      const positive = targets.sum[row] as number;
      const negative = (targets.weight[row] as number) - positive;
      this.#weights[2 * at] = positive;
      this.#weights[2 * at + 1] = negative;
      this.#least[2 * at] = positive * leastShare;
      this.#least[2 * at + 1] = negative * leastShare;
      total += targets.weight[row] as number;
    }
    this.#cover = total;
    this.#count();
    this.#binCover = Float64Array.from(
      { length: nBins },
      (_, bin) => (this.#bins[2 * bin] as number) + (this.#bins[2 * bin + 1] as number),
    );
    this.#factors.fill(1 / total);
    this.#castStump();
  }

  /**
   * Grows a stump on the weights as they are and finds its error.
   *
   * @returns a tree that holds until the next one is grown
   */
  grow(): GrownTree {
    const tree = this.#tree;
    tree.clear();
    const positive = this.#total[0] as number;
    const negative = this.#total[1] as number;
    this.#addNode(positive, negative, this.#cover);
    if (gini.isPure(positive, positive + negative) || !this.#findSplit()) {
      this.#sides.fill(0);
      this.error = this.#wrongIn(0);
    } else {
      this.#splitRoot();
      this.error = this.#wrongIn(1) + this.#wrongIn(2);
    }
    return tree;
  }

  /**
   * Gives the last stump its vote: adds it to the rows' scores, for or against, and raises the weights of the rows
   * that the stump is wrong about by e^vote against the others'.
   */
  cast(vote: number): void {
    const raise = Math.exp(vote);
    const wrong = this.error;
    const right = (this.#total[0] as number) + (this.#total[1] as number) - wrong;
    // Written so that neither overflows when `raise` does.
    const rightFactor = 1 / (right + wrong * raise);
    const wrongFactor = 1 / (right / raise + wrong);
    const { value } = this.nodes;
    const { count } = this.#tree;
    for (let node = 0; node < count; node++) {
      const positive = this.#saysPositive(node);
      value[node] = positive ? vote : -vote;
      // The only node is side 0; else the children are sides 0 and 1.
      const side = count === 1 ? 0 : node - 1;
      if (side < 0) continue;
      this.#answers[side] = value[node] as number;
      this.#factors[2 * side] = positive ? rightFactor : wrongFactor;
      this.#factors[2 * side + 1] = positive ? wrongFactor : rightFactor;
    }
    this.#castStump();
  }

  /** Votes for less votes against so far, per row of the matrix. */
  scores(): Float64Array {
    const scores = new Float64Array(this.#order.length);
    for (let at = 0; at < scores.length; at++) {
      scores[this.#order[at] as number] = this.#scores[at] as number;
    }
    return scores;
  }

  /** Gives the memory back. Nothing of this object may be used from then on. */
  end(): void {
    this.#kernel.giveBack();
  }

  #count(): void {
    const { codes, stride, groups, plan } = this.#grouped;
    this.#kernel.run.countRows(
      this.#taking,
      codes.byteOffset,
      stride,
      groups,
      this.#weights.byteOffset,
      this.#cells.byteOffset,
      plan.byteOffset,
      this.#bins.byteOffset,
    );
  }

  /** Fills `#split` from the bins. False when all rows are alike. */
  #findSplit(): boolean {
    const found = this.#found;
    const split = this.#split;
    this.#count();
    this.#kernel.run.findSplit(
      this.#binned.codes.cols,
      this.#columns.byteOffset,
      this.#bins.byteOffset,
      this.#total.byteOffset,
      this.#scratch.byteOffset,
      found.byteOffset,
      split.goesLeft.byteOffset,
    );
    split.feature = found[0] as number;
    split.leftBin = found[1] as number;
    split.rightBin = found[2] as number;
    split.missingLeft = found[3] === 1;
    return split.feature >= 0;
  }

  #splitRoot(): void {
    const { columns, binStart } = this.#binned;
    const tree = this.#tree;
    const split = this.#split;
    const { feature } = split;
    const column = columns[feature] as ColumnBins;
    const goesLeft = this.#goesLeft;
    completeGoesLeft(split, column);
    tree.split(0, split, column.kind === "categorical");
    fillRoute(columns, tree, 0, goesLeft);
    const digit = this.#grouped.digits[feature] as ColumnDigit;
    fillSides(digit, goesLeft, this.#sides);
    this.#group = digit.group;

    const first = binStart[feature] as number;
    tree.left[0] = this.#addChild(first, digit.bins, 1);
    tree.right[0] = this.#addChild(first, digit.bins, 0);
    const { cover } = this.nodes;
    cover[0] = (cover[1] as number) + (cover[2] as number);
  }

  /** Adds the node of the bins, of some from `first` on, whose `#goesLeft` is this. */
  #addChild(first: number, bins: number, left: number): number {
    let positive = 0;
    let negative = 0;
    let cover = 0;
    for (let bin = 0; bin < bins; bin++) {
      if (this.#goesLeft[bin] !== left) continue;
      positive += this.#bins[2 * (first + bin)] as number;
      negative += this.#bins[2 * (first + bin) + 1] as number;
      cover += this.#binCover[first + bin] as number;
    }
    return this.#addNode(positive, negative, cover);
  }

  #addNode(positive: number, negative: number, cover: number): number {
    const node = this.#tree.addLeaf(positive, positive + negative);
    this.#positive[node] = positive;
    this.#negative[node] = negative;
    this.nodes.cover[node] = cover;
    return node;
  }

  /** As in scikit-learn a draw goes to the negative class. */
  #saysPositive(node: number): boolean {
    return (this.#positive[node] as number) > (this.#negative[node] as number);
  }

  #wrongIn(node: number): number {
    return (this.#saysPositive(node) ? this.#negative : this.#positive)[node] as number;
  }

  #castStump(): void {
    const { codes, stride } = this.#grouped;
    this.#kernel.run.castStump(
      this.#order.length,
      this.#taking,
      codes.byteOffset + this.#group,
      stride,
      this.#sides.byteOffset,
      this.#factors.byteOffset,
      this.#answers.byteOffset,
      this.#weights.byteOffset,
      this.#least.byteOffset,
      this.#scores.byteOffset,
      this.#total.byteOffset,
    );
  }
}
