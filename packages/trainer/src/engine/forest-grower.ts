import type { SeededRandom } from "@gillnet/entity";

import { recordsOf } from "./code-records.ts";
import type { Criterion } from "./criterion.ts";
import type { BinnedMatrix, ColumnBins, RowTargets } from "./dtypes.ts";
import { FilledBins } from "./filled-bins.ts";
import { GrownTree } from "./grown-tree.ts";
import { isAtLimit } from "./growth-limits.ts";
import type { GrowthLimits } from "./growth-limits.ts";
import { NodeColumns } from "./node-columns.ts";
import type { NodeRows } from "./node-rows.ts";
import { NodeStack } from "./node-stack.ts";
import { RandomSplitFinder } from "./random-splitting.ts";
import { RowBlock } from "./row-block.ts";
import { completeGoesLeft, SplitFinder } from "./splitting.ts";
import type { Split } from "./splitting.ts";
import { TableRows } from "./table-rows.ts";

/** So few rows may be alike in so many columns that it pays to look at all of them at once. */
const ALIKE_ROWS = 16;

/** How a forest's trees are grown. */
export interface ForestRules {
  readonly criterion: Criterion;
  readonly limits: GrowthLimits;
  /** How many columns a node draws. */
  readonly columnsPerSplit: number;
  /** What is tried of a drawn column: the best of its bounds, or one drawn at random. */
  readonly bounds: "best" | "random";
}

/**
 * Grows trees whose nodes look at a few columns, drawn anew at every node, depth first. As in scikit-learn,
 * `columnsPerSplit` columns are drawn without replacement, constant ones included, and more only while all of
 * them were constant; and the best split is taken even when it lowers the impurity by nothing.
 *
 * The trees equal those that TreeGrower grows when it draws columns. What differs is the way there: once a
 * node is small its rows are copied together, and all that grows below it is grown on the copy.
 *
 * A grower owns its buffers and grows any number of trees one after the other; each depends on nothing but its
 * own arguments.
 */
export class ForestGrower {
  readonly #binned: BinnedMatrix;
  readonly #rules: ForestRules;
  readonly #finder: SplitFinder | RandomSplitFinder;
  readonly #table: TableRows;
  readonly #block: RowBlock;
  readonly #filled: FilledBins = new FilledBins();
  readonly #columns: NodeColumns;
  readonly #tree: GrownTree = new GrownTree();
  readonly #open: NodeStack = new NodeStack();

  constructor(binned: BinnedMatrix, rules: ForestRules) {
    const { cols } = binned.codes;
    const { criterion, limits } = rules;
    this.#binned = binned;
    this.#rules = rules;
    this.#finder =
      rules.bounds === "best"
        ? new SplitFinder(binned, criterion, limits.minLeafWeight)
        : new RandomSplitFinder(binned, criterion, limits.minLeafWeight);
    const records = recordsOf(binned.codes);
    this.#table = new TableRows(binned, records);
    this.#block = new RowBlock(binned.columns, records.stride);
    this.#columns = new NodeColumns(cols);
  }

  /**
   * @param random the stream of this tree alone
   * @returns the grower's own tree, which holds until the next one is grown
   */
  grow(targets: RowTargets, random: SeededRandom): GrownTree {
    const tree = this.#tree;
    const open = this.#open;
    const table = this.#table;
    const block = this.#block;
    tree.clear();
    this.#columns.reset();
    table.start(targets);
    open.push(-1, 0, 0, 0, table.size, table.sum, table.weight, null);

    let rows: NodeRows = table;
    /** The place of the node that the block was loaded for; nodes below it on the stack are the table's. */
    let blockPlace = Infinity;
    while (open.size > 0) {
      const place = --open.size;
      const sum = open.sum[place] as number;
      const weight = open.weight[place] as number;
      const id = tree.addLeaf(sum, weight);
      const parent = open.parent[place] as number;
      if (parent >= 0) (open.isRight[place] === 1 ? tree.right : tree.left)[parent] = id;
      if (this.#staysLeaf(open.depth[place] as number, sum, weight)) continue;

      if (place < blockPlace) {
        rows = table;
        blockPlace = Infinity;
      }
      if (rows === table && table.isWhole) {
        const start = open.start[place] as number;
        const end = open.end[place] as number;
        if (block.fits(end - start, weight)) {
          block.load(table, start, end);
          open.start[place] = 0;
          open.end[place] = end - start;
          rows = block;
          blockPlace = place;
        }
      }
      const best = this.#findSplit(place, rows, random);
      if (best.feature < 0) continue;
      const bins = this.#binned.columns[best.feature] as ColumnBins;
      if (bins.kind === "categorical") completeGoesLeft(best, bins);
      tree.split(id, best, bins.kind === "categorical");
      this.#pushChildren(id, place, rows, best);
    }
    return tree;
  }

  #staysLeaf(depth: number, sum: number, weight: number): boolean {
    const { limits, criterion } = this.#rules;
    return isAtLimit(limits, depth, weight) || criterion.isPure(sum, weight);
  }

  /** Draws columns and tries them; the split's feature is -1 when there is none. */
  #findSplit(place: number, rows: NodeRows, random: SeededRandom): Split {
    const open = this.#open;
    const finder = this.#finder;
    const columns = this.#columns;
    const { drawn } = columns;
    const filled = this.#filled;
    const perSplit = this.#rules.columnsPerSplit;
    const sum = open.sum[place] as number;
    const weight = open.weight[place] as number;
    finder.begin(sum, weight);
    const start = open.start[place] as number;
    const end = open.end[place] as number;
    const isSmall = rows === this.#block && end - start <= ALIKE_ROWS;
    // One row by itself, of both classes, is alike in every column.
    if (isSmall && end - start === 1) this.#markConstant(place, start, end);
    let visited = 0;
    let found = false;
    while (visited < drawn.length && (visited < perSplit || !found)) {
      const upTo = Math.max(perSplit, visited + 1);
      const count = columns.draw(place, visited, upTo, random);
      visited = upTo;
      if (count > 0) rows.count(drawn, count, start, end, sum, weight);
      for (let i = 0; i < count; i++) {
        const column = drawn[i] as number;
        rows.read(i, filled);
        if (finder.tryFilled(column, filled, random)) found = true;
        else columns.setConstant(place, column);
      }
      if (!found && isSmall && visited === perSplit) this.#markConstant(place, start, end);
    }
    return finder.best;
  }

  /** Parts the rows by the split and opens both children, the left on top. */
  #pushChildren(id: number, place: number, rows: NodeRows, best: Split): void {
    const open = this.#open;
    const { leftSum, leftWeight } = best;
    const depth = (open.depth[place] as number) + 1;
    const start = open.start[place] as number;
    const end = open.end[place] as number;
    const rightSum = (open.sum[place] as number) - leftSum;
    const rightWeight = (open.weight[place] as number) - leftWeight;
    const bothStay =
      this.#staysLeaf(depth, leftSum, leftWeight) && this.#staysLeaf(depth, rightSum, rightWeight);
    const middle = bothStay ? start : rows.part(best, start, end);
    // The right child gets this node's place on the stack, and so its constant columns; the left a copy.
    this.#columns.copyConstant(place, place + 1);
    open.push(id, 1, depth, middle, end, rightSum, rightWeight, null);
    open.push(id, 0, depth, start, middle, leftSum, leftWeight, null);
  }

  /** Notes all columns that are constant in a node of the block. */
  #markConstant(place: number, start: number, end: number): void {
    const { constant, words } = this.#columns;
    this.#block.markConstant(start, end, constant, place * words);
  }
}
