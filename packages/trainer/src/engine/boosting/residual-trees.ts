import type { BinnedMatrix, RowTargets } from "../dtypes.ts";
import type { GrowthLimits } from "../growth-limits.ts";
import type { TreeSample } from "./tree-samples.ts";
import { placeRows } from "../row-places.ts";
import type { RowPlaces } from "../row-places.ts";
import { layOutFit } from "./fit-memory.ts";
import { GrownNodes } from "./grown-nodes.ts";
import * as H from "./header.ts";
import type { BoostingKernel } from "./kernel.ts";
import { placeTargets } from "./placed-targets.ts";

/** Deepest tree: its leaves are numbered as those of a full one, in a byte. */
const MOST_DEPTH = 6;
/** Most weight in all: twice its bits and 28 for the fraction of a residual fit an int64. */
const MOST_WEIGHT = 2 ** 17;

/** The kernel takes rows that take part two by two, and in some loops all of them sixteen by sixteen. */
const ROWS_AT_ONCE = 2;
const PLACES_AT_ONCE = 16;

/** What one booster has of its own: the odds, and the last tree's leaves, which are still to be counted in. */
export interface BoostedRows {
  /** Where the kernel finds what it has. */
  readonly address: number;
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
 * Several boosters can use one object side by side: they share rows and samples, and each has its BoostedRows. They
 * take their turns tree by tree.
 */
export class ResidualTrees {
  /** The tree grown last. */
  readonly nodes: GrownNodes;
  /** Per leaf of the full tree: sum of residuals, sum of weight * p * (1 - p), over the rows of the sample. */
  readonly leafSums: Float64Array;

  readonly #kernel: BoostingKernel;
  readonly #places: RowPlaces;
  readonly #words: Uint32Array;
  readonly #answers: Float64Array;
  readonly #boosters: BoostedRows[] = [];
  #begun = 0;

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

  /**
   * @param targets rows of weight 0 take no part
   * @param kernel whose memory it uses
   */
  constructor(
    binned: BinnedMatrix,
    targets: RowTargets,
    limits: GrowthLimits,
    kernel: BoostingKernel,
  ) {
    this.#kernel = kernel;
    let total = 0;
    for (let row = 0; row < targets.weight.length; row++) total += targets.weight[row] as number;
    this.#places = placeRows(targets.weight, ROWS_AT_ONCE, PLACES_AT_ONCE);
    const { answers, leafSums, nodes } = layOutFit(kernel, binned, this.#places, limits, total);
    this.#answers = answers;
    this.leafSums = leafSums;
    this.nodes = new GrownNodes(binned.columns, nodes);
    this.#words = kernel.words;
  }

  /** Targets of the rows that take part, as samples are to be: in the order of their places, in the kernel's memory. */
  placed(targets: RowTargets): RowTargets {
    return placeTargets(this.#places, targets, this.#kernel);
  }

  /** What a booster with these odds to begin with needs of its own. All are to be there before the first tree. */
  rowsFor(odds: number): BoostedRows {
    const kernel = this.#kernel;
    const { order, taking } = this.#places;
    const rows: BoostedRows = {
      address: kernel.u32(H.BOOSTER_BYTES / 4).byteOffset,
      odds: kernel.f64(order.length).fill(odds),
      leaf: kernel.u8(order.length),
      factor: kernel.f64(this.leafSums.length / 2).fill(1),
    };
    const packed = kernel.f64(taking);
    const probabilities = kernel.f64(taking);
    const rootBins = kernel.f64(this.#words[H.TOTAL_BINS] as number);
    const { words } = kernel;
    const at = rows.address / 4;
    words[at + H.BOOSTER_ODDS / 4] = rows.odds.byteOffset;
    words[at + H.BOOSTER_LEAF / 4] = rows.leaf.byteOffset;
    words[at + H.BOOSTER_FACTOR / 4] = rows.factor.byteOffset;
    words[at + H.BOOSTER_PACKED / 4] = packed.byteOffset;
    words[at + H.BOOSTER_PROBABILITIES / 4] = probabilities.byteOffset;
    words[at + H.BOOSTER_ROOT_BINS / 4] = rootBins.byteOffset;
    this.#boosters.push(rows);
    return rows;
  }

  /**
   * Begins a tree of each booster, unless that has been done: counts their last trees in, and what is left.
   *
   * @param tree its number, from 0
   * @param sample what it is grown on: `placed` targets, or a sample of them
   */
  begin(tree: number, { targets }: TreeSample): void {
    if (tree < this.#begun) return;
    this.#begun = tree + 1;
    const { run } = this.#kernel;
    this.#words[H.SAMPLE_SUMS] = targets.sum.byteOffset;
    this.#words[H.SAMPLE_WEIGHTS] = targets.weight.byteOffset;
    run.markSample();
    for (let i = 0; i < this.#boosters.length; i += 2) {
      run.beginTrees(
        (this.#boosters[i] as BoostedRows).address,
        this.#boosters[i + 1]?.address ?? 0,
      );
    }
  }

  /**
   * Grows the tree that was begun, and sends all rows down it: `nodes` and `leafSums` then tell of it, until the next
   * one is grown. The booster's `factor` is to be set.
   */
  grow({ address }: BoostedRows): void {
    this.nodes.count = this.#kernel.run.growTree(address);
  }

  /** The answers with the last tree counted in, per row of the matrix. They hold until the next ones are asked for. */
  answersOf({ address }: BoostedRows): Float64Array {
    this.#kernel.run.findAnswers(address);
    return this.#answers;
  }
}
