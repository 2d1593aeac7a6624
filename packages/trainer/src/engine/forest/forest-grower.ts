import type { RowMajorF64, SeededRandom } from "@gillnet/entity";

import { entropy } from "../criterion.ts";
import type { Criterion } from "../criterion.ts";
import type { BinnedMatrix, ColumnBins, RowTargets } from "../dtypes.ts";
import { GrownTree } from "../grown-tree.ts";
import type { GrowthLimits } from "../growth-limits.ts";
import { ForestVotes } from "./forest-votes.ts";
import * as header from "./header.ts";
import { ForestKernel } from "./kernel.ts";

/** How a forest's trees are grown. */
export interface ForestRules {
  readonly criterion: Criterion;
  readonly limits: GrowthLimits;
  /** How many columns a node draws. */
  readonly columnsPerSplit: number;
  /** What is tried of a drawn column: the best of its bounds, or one drawn at random. */
  readonly bounds: "best" | "random";
}

/** Most columns, and most bins of each, of rows that are held in planes: a bit a column and code. */
const PLANE_COLUMNS = 32;
const PLANE_BINS = 4;

/** Bytes of a small node's codes: with what else it reads they fit the second cache. */
const SMALL_BYTES = 262_144;

/** Rows that are handed to the kernel at a time. */
const ROWS_AT_ONCE = 4096;

/** Nodes and places on the stack that there is room for at first. */
const FIRST_ROOM = 4096;

const LARGEST_DEPTH = 2 ** 31 - 1;

/**
 * Grows trees whose nodes look at a few columns, drawn anew at every node, depth first, in WebAssembly. As in
 * scikit-learn, `columnsPerSplit` columns are drawn without replacement, constant ones included, and more only while
 * all of them were constant; and the best split is taken even when it lowers the impurity by nothing. Where all bounds
 * of all columns are tried nothing is drawn, and of equal splits the first column's is taken.
 *
 * The trees equal those that TreeGrower grows. A grower owns a kernel until it is ended, and grows
 * any number of trees one after the other; each depends on nothing but its own arguments.
 */
export class ForestGrower {
  readonly #binned: BinnedMatrix;
  readonly #rules: ForestRules;
  readonly #kernel: ForestKernel = ForestKernel.take();
  readonly #tree: GrownTree = new GrownTree();
  #sums: Float64Array = new Float64Array(0);
  #weights: Float64Array = new Float64Array(0);
  #ended = false;

  constructor(binned: BinnedMatrix, rules: ForestRules) {
    this.#binned = binned;
    this.#rules = rules;
    const fitsPlanes =
      binned.columns.length <= PLANE_COLUMNS &&
      binned.columns.every((bins) => allBins(bins) <= PLANE_BINS);
    this.#begin(fitsPlanes);
  }

  /**
   * @param random the stream of this tree alone, which is read from where it stands and not moved on
   * @returns the grower's own tree, which holds until the next one is grown
   */
  grow(targets: RowTargets, random: SeededRandom): GrownTree {
    let nodes = this.#run(targets, random);
    if (nodes < 0) {
      // These weights do not fit planes. What was reserved for them stays: it is a rare case.
      this.#begin(false);
      nodes = this.#run(targets, random);
    }
    return this.#readTree(nodes);
  }

  /** What the trees answer for some rows of the table, whose numbers are `x`. Holds until the grower is ended. */
  votesOf(rows: Int32Array, x: RowMajorF64): ForestVotes {
    return new ForestVotes(this.#kernel, this.#binned, rows, x);
  }

  /** Gives the memory back. Nothing of this object, nor its tree, may be used from then on. */
  end(): void {
    if (!this.#ended) this.#kernel.giveBack();
    this.#ended = true;
  }

  #run(targets: RowTargets, random: SeededRandom): number {
    this.#sums.set(targets.sum);
    this.#weights.set(targets.weight);
    this.#kernel.words.set(random.state, header.STATE);
    return this.#kernel.run.grow();
  }

  /** Hands the table and the rules to the kernel. */
  #begin(inPlanes: boolean): void {
    const kernel = this.#kernel;
    const { words } = kernel;
    const { codes, columns } = this.#binned;
    const { rows, cols } = codes;
    const { criterion, limits, columnsPerSplit, bounds } = this.#rules;
    const stride = 16 * Math.ceil((inPlanes ? 16 : cols) / 16);
    words[header.COLUMNS] = cols;
    words[header.STRIDE] = stride;
    words[header.COLUMNS_PER_SPLIT] = columnsPerSplit;
    words[header.IS_ENTROPY] = criterion === entropy ? 1 : 0;
    words[header.DRAWS_BOUNDS] = bounds === "random" ? 1 : 0;
    words[header.MAX_DEPTH] = Math.min(limits.maxDepth, LARGEST_DEPTH);
    words[header.ROWS] = rows;
    words[header.IS_PLANES] = inPlanes ? 1 : 0;
    const reals = new Float64Array(kernel.buffer, 0, header.FIRST_FREE / 8);
    reals[header.MIN_SPLIT / 2] = limits.minSplitWeight;
    reals[header.MIN_LEAF / 2] = limits.minLeafWeight;

    this.#tellColumns(columns);
    words[header.TABLE] = kernel.reserve(rows * stride);
    words[header.RECORDS] = kernel.reserve(rows * stride + stride);
    words[header.SUMS] = kernel.reserve(8 * rows);
    words[header.WEIGHTS] = kernel.reserve(8 * rows);
    words[header.COUNTS] = inPlanes ? 0 : kernel.reserve(16 * (rows + 1));
    words[header.CELLS] = kernel.reserve(6 * 256 * 16);
    words[header.ORDER] = kernel.reserve(4 * cols);
    words[header.DRAWN] = kernel.reserve(4 * cols + 4);
    const listRows = inPlanes ? 0 : Math.max(16, Math.floor(SMALL_BYTES / stride));
    words[header.LIST_ROWS] = listRows;
    words[header.LIST] = kernel.reserve(12 * listRows + 4);
    this.#makeNodes();
    this.#takeTable();
    this.#sums = new Float64Array(kernel.buffer, words[header.SUMS], rows);
    this.#weights = new Float64Array(kernel.buffer, words[header.WEIGHTS], rows);
    kernel.run.begin();
  }

  #tellColumns(columns: readonly ColumnBins[]): void {
    const kernel = this.#kernel;
    const at = kernel.reserve(16 * columns.length);
    kernel.words[header.COLUMN_BINS] = at;
    columns.forEach((bins, column) => {
      const isNumeric = bins.kind === "numeric";
      const values = isNumeric ? kernel.reserve(16 * bins.valueBins) : 0;
      if (isNumeric) {
        const both = new Float64Array(kernel.buffer, values, 2 * bins.valueBins);
        both.set(bins.lowest.subarray(0, bins.valueBins));
        both.set(bins.highest.subarray(0, bins.valueBins), bins.valueBins);
      }
      new Int32Array(kernel.buffer, at + 16 * column, 4).set([
        bins.valueBins,
        (isNumeric ? 0 : 1) + (bins.hasMissing ? 2 : 0),
        values,
        values + 8 * bins.valueBins,
      ]);
    });
  }

  #makeNodes(): void {
    const kernel = this.#kernel;
    const { words } = kernel;
    words[header.NODE_ROOM] = FIRST_ROOM;
    NODE_BYTES.forEach((bytes, field) => {
      words[header.NODE_ARRAYS + field] = kernel.reserve(bytes * FIRST_ROOM);
    });
    words[header.BIN_SET_ROOM] = FIRST_ROOM;
    words[header.BIN_SETS] = kernel.reserve(4 * FIRST_ROOM);
    words[header.STACK_ROOM] = 64;
    words[header.STACK] = kernel.reserve(64 * (40 + 8 * Math.ceil(this.#binned.codes.cols / 64)));
  }

  #takeTable(): void {
    const kernel = this.#kernel;
    const { data, rows, cols } = this.#binned.codes;
    const top = kernel.words[header.TOP] as number;
    const codes = kernel.reserve(ROWS_AT_ONCE * cols);
    const block = new Uint8Array(kernel.buffer, codes, ROWS_AT_ONCE * cols);
    for (let first = 0; first < rows; first += ROWS_AT_ONCE) {
      const count = Math.min(ROWS_AT_ONCE, rows - first);
      for (let column = 0; column < cols; column++) {
        const start = column * rows + first;
        block.set(data.subarray(start, start + count), column * count);
      }
      kernel.run.takeRows(first, count, codes);
    }
    kernel.words[header.TOP] = top;
  }

  /** Views of the kernel's nodes. */
  #readTree(count: number): GrownTree {
    const { buffer, words } = this.#kernel;
    const tree = this.#tree;
    const at = (field: number): number => (words[header.NODE_ARRAYS + field] as number) >>> 0;
    tree.clear();
    tree.count = count;
    tree.left = new Int32Array(buffer, at(0), count);
    tree.right = new Int32Array(buffer, at(1), count);
    tree.feature = new Int32Array(buffer, at(2), count);
    tree.binSet = new Int32Array(buffer, at(3), count);
    tree.sum = new Float64Array(buffer, at(4), count);
    tree.weight = new Float64Array(buffer, at(5), count);
    tree.bound = new Float64Array(buffer, at(6), count);
    tree.leftBin = new Int16Array(buffer, at(7), count);
    tree.rightBin = new Int16Array(buffer, at(8), count);
    tree.missingLeft = new Uint8Array(buffer, at(9), count);
    const sets = (words[header.BIN_SETS] as number) >>> 0;
    const setWords = words[header.BIN_SET_WORDS] as number;
    for (const word of new Int32Array(buffer, sets, setWords)) tree.binSets.push(word);
    return tree;
  }
}

/** Bytes of a node's fields, in the order of the kernel's arrays. */
const NODE_BYTES = [4, 4, 4, 4, 8, 8, 8, 2, 2, 1];

function allBins({ valueBins, hasMissing }: ColumnBins): number {
  return valueBins + (hasMissing ? 1 : 0);
}
