import type { RowMajorF64, SeededRandom } from "@gillnet/entity";

import { drawsOfStretches, isDrawnSingly } from "../bootstrap.ts";
import { entropy } from "../criterion.ts";
import type { Criterion } from "../criterion.ts";
import type { BinnedMatrix, RowTargets, SampledRows } from "../dtypes.ts";
import { GrownTree } from "../grown-tree.ts";
import type { GrowthLimits } from "../growth-limits.ts";
import { wholeLines } from "../kernel-memory.ts";
import { ForestEnsemble } from "./forest-ensemble.ts";
import { fitsPlanes, giveTable, giveTargets } from "./forest-table.ts";
import { ForestVotes } from "./forest-votes.ts";
import * as header from "./header.ts";
import { ForestKernel } from "./kernel.ts";
import { NODE_BYTES } from "./node-arrays.ts";

/** How a forest's trees are grown. */
export interface ForestRules {
  readonly criterion: Criterion;
  readonly limits: GrowthLimits;
  /** How many columns a node draws. */
  readonly columnsPerSplit: number;
  /** What is tried of a drawn column: the best of its bounds, or one drawn at random. */
  readonly bounds: "best" | "random";
}

/** Bytes of a small node's codes: with what else it reads they fit the second cache. */
const SMALL_BYTES = 262_144;

/** Nodes and places on the stack that there is room for at first. */
const FIRST_NODES = 4096;
const FIRST_PLACES = 64;

const LARGEST_DEPTH = 2 ** 31 - 1;

/** Columns that are counted at a time, and bytes of a cell. */
const COUNTED_COLUMNS = 6;
const CELL_BYTES = 16;

/**
 * Grows trees whose nodes look at a few columns, drawn anew at every node, depth first, in WebAssembly. As in
 * scikit-learn, `columnsPerSplit` columns are drawn without replacement, constant ones included, and more only while
 * all of them were constant; and the best split is taken even when it lowers the impurity by nothing. Where all bounds
 * of all columns are tried nothing is drawn, and of equal splits the first column's is taken.
 *
 * The trees equal those that TreeGrower grows. A grower owns a kernel until it is ended, and grows any number of trees
 * one after the other; each depends on nothing but its own arguments. The streams that it is given are read from where
 * they stand.
 */
export class ForestGrower {
  /** Whether it can draw bootstrap samples by itself. Then it grows trees on those alone. */
  readonly drawsSamples: boolean;
  readonly #binned: BinnedMatrix;
  readonly #rules: ForestRules;
  readonly #sampled: SampledRows | null;
  readonly #kernel: ForestKernel;
  readonly #tree: GrownTree = new GrownTree();
  #ended = false;

  /**
   * @param sampled the rows to draw bootstrap samples from, if any
   * @param kernel that nobody else uses
   * @throws PipelineError TRAINER_OUT_OF_MEMORY, as all that it does
   */
  constructor(
    binned: BinnedMatrix,
    rules: ForestRules,
    sampled: SampledRows | null = null,
    kernel: ForestKernel = ForestKernel.take(),
  ) {
    this.#binned = binned;
    this.#rules = rules;
    this.#sampled = sampled;
    this.#kernel = kernel;
    const from = [binned, sampled?.targets, sampled?.classWeights, sampled?.weightUnit];
    if (!kernel.restart(from)) {
      kernel.clear();
      this.#giveRows(fitsPlanes(binned));
      kernel.keep(from);
    }
    this.drawsSamples = kernel.words[header.KEYS] !== 0;
    this.#giveRules();
    this.#makeScratch();
  }

  /**
   * @param random the stream of this tree alone
   * @returns the grower's own tree, which holds until the next one is grown
   */
  grow(targets: RowTargets, random: SeededRandom): GrownTree {
    return this.#grow(random, () => giveTargets(this.#kernel, targets));
  }

  /** The same on a bootstrap sample, that which Bootstrap draws from the same stream. */
  growOnSample(random: SeededRandom): GrownTree {
    const kernel = this.#kernel;
    const total = kernel.words[header.TOTAL] as number;
    const draws = drawsOfStretches(total, total, random);
    return this.#grow(random, () =>
      kernel.borrow(4 * draws.length, (address) => {
        new Int32Array(kernel.buffer, address, draws.length).set(draws);
        kernel.run.drawSample(kernel.address(header.KEYS), total, address);
      }),
    );
  }

  /** Gathers trees of this grower. Holds until the grower is ended, as long as nobody else gathers them. */
  ensemble(coverUnit: number): ForestEnsemble {
    return new ForestEnsemble(this.#kernel, this.#binned.columns, coverUnit);
  }

  /** What trees answer for some rows of the table, whose numbers are `x`. Holds until the grower is ended. */
  votesOf(rows: Int32Array, x: RowMajorF64): ForestVotes {
    return new ForestVotes(this.#kernel, this.#binned, rows, x);
  }

  /** Gives the memory back. Nothing of this object, nor its tree, may be used from then on. */
  end(): void {
    if (!this.#ended) this.#kernel.giveBack();
    this.#ended = true;
  }

  #grow(random: SeededRandom, takeTargets: () => void): GrownTree {
    const { words, run } = this.#kernel;
    const state = random.state;
    words.set(state, header.STATE);
    takeTargets();
    let nodes = run.grow();
    if (nodes < 0) {
      // These weights do not fit planes. What was reserved for them stays: it is a rare case.
      this.#giveRows(false);
      this.#makeScratch();
      words.set(state, header.STATE);
      takeTargets();
      nodes = run.grow();
    }
    return this.#readTree(nodes);
  }

  /** Hands over the table, and the rows to draw samples from if the kernel can. */
  #giveRows(inPlanes: boolean): void {
    const kernel = this.#kernel;
    const { words } = kernel;
    const { rows } = this.#binned.codes;
    giveTable(kernel, this.#binned, inPlanes);
    const targets = kernel.reserve(16 * rows);
    words[header.TARGETS] = targets;
    words[header.KEYS] = 0;
    if (this.#sampled === null) return;
    const { weightUnit, classWeights } = this.#sampled;
    if (weightUnit !== 1 || classWeights.positive !== 1 || classWeights.negative !== 1) return;
    if (!giveTargets(kernel, this.#sampled.targets)) return;
    const total = words[header.TOTAL] as number;
    if (!isDrawnSingly(total, words[header.PAIRS] as number)) return;
    // Whole targets take half of the room.
    words[header.TOP] = targets + wholeLines(8 * rows);
    words[header.KEYS] = kernel.reserve(4 * total);
    kernel.run.writeKeys(kernel.address(header.KEYS));
  }

  #giveRules(): void {
    const { words, buffer } = this.#kernel;
    const { criterion, limits, columnsPerSplit, bounds } = this.#rules;
    words[header.COLUMNS_PER_SPLIT] = columnsPerSplit;
    words[header.IS_ENTROPY] = criterion === entropy ? 1 : 0;
    words[header.DRAWS_BOUNDS] = bounds === "random" ? 1 : 0;
    words[header.MAX_DEPTH] = Math.min(limits.maxDepth, LARGEST_DEPTH);
    const reals = new Float64Array(buffer, 0, header.WORDS / 2);
    reals[header.MIN_SPLIT] = limits.minSplitWeight;
    reals[header.MIN_LEAF] = limits.minLeafWeight;
    this.#makeNodes();
  }

  #makeNodes(): void {
    const kernel = this.#kernel;
    const { words } = kernel;
    // The kernel takes it that the arrays stand one behind the other.
    words[header.NODE_ROOM] = FIRST_NODES;
    NODE_BYTES.forEach((bytes, field) => {
      words[header.NODE_ARRAYS + field] = kernel.reserve(bytes * FIRST_NODES);
    });
    words[header.BIN_SET_ROOM] = FIRST_NODES;
    words[header.BIN_SETS] = kernel.reserve(4 * FIRST_NODES);
    const place = header.STACK_BYTES + 8 * Math.ceil(this.#binned.codes.cols / 64);
    words[header.STACK_ROOM] = FIRST_PLACES;
    words[header.STACK] = kernel.reserve(place * FIRST_PLACES);
  }

  /** What the kernel works with, as it needs it for rows held one way or the other. */
  #makeScratch(): void {
    const kernel = this.#kernel;
    const { words } = kernel;
    const { cols } = this.#binned.codes;
    const cells = COUNTED_COLUMNS * 256 * CELL_BYTES;
    words[header.CELLS] = kernel.reserve(cells);
    new Uint8Array(kernel.buffer, kernel.address(header.CELLS), cells).fill(0);
    words[header.ORDER] = kernel.reserve(4 * cols);
    words[header.DRAWN] = kernel.reserve(4 * cols + 4);
    const stride = words[header.STRIDE] as number;
    const listRows = words[header.IS_PLANES] === 1 ? 0 : Math.floor(SMALL_BYTES / stride);
    words[header.LIST_ROWS] = Math.max(16, listRows);
    words[header.LIST] = kernel.reserve(12 * Math.max(16, listRows) + 4);
    words[header.RECORD_ROOM] = 0;
  }

  /** Views of the kernel's nodes. */
  #readTree(count: number): GrownTree {
    const kernel = this.#kernel;
    const { buffer } = kernel;
    const tree = this.#tree;
    const at = (field: number): number => kernel.address(header.NODE_ARRAYS + field);
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
    const setWords = kernel.words[header.BIN_SET_WORDS] as number;
    const sets = new Int32Array(buffer, kernel.address(header.BIN_SETS), setWords);
    for (const word of sets) tree.binSets.push(word);
    return tree;
  }
}
