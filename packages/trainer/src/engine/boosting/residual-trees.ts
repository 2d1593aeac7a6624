import type { BinnedMatrix, RowTargets } from "../dtypes.ts";
import type { GrowthLimits } from "../growth-limits.ts";
import type { TreeSample } from "./tree-samples.ts";
import { layOutFit } from "./fit-memory.ts";
import { GrownNodes } from "./grown-nodes.ts";
import { SAMPLE_SUMS, SAMPLE_WEIGHTS } from "./header.ts";
import type { BoostingKernel } from "./kernel.ts";
import { placeRows, placeTargets } from "./row-places.ts";
import type { RowPlaces } from "./row-places.ts";

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
 * Several boosters can use one object side by side: they share rows and samples, and each has its BoostedRows.
 */
export class ResidualTrees {
  /** The tree grown last. */
  readonly nodes: GrownNodes;
  /** Per leaf of the full tree: sum of residuals, sum of weight * p * (1 - p), over the rows of the sample. */
  readonly leafSums: Float64Array;

  readonly #kernel: BoostingKernel;
  readonly #places: RowPlaces;
  readonly #words: Uint32Array;
  #sample: TreeSample | null = null;

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
    this.#places = placeRows(targets.weight);
    const { leafSums, nodes } = layOutFit(kernel, binned, this.#places, limits, total);
    this.leafSums = leafSums;
    this.nodes = new GrownNodes(binned.columns, nodes);
    this.#words = kernel.words;
  }

  /** Targets of the rows that take part, as samples are to be: in the order of their places, in the kernel's memory. */
  placed(targets: RowTargets): RowTargets {
    return placeTargets(this.#places, targets, this.#kernel);
  }

  /** What a booster with these odds to begin with needs of its own. */
  rowsFor(odds: number): BoostedRows {
    const places = this.#places.order.length;
    return {
      odds: this.#kernel.f64(places).fill(odds),
      leaf: this.#kernel.u8(places),
      factor: this.#kernel.f64(this.leafSums.length / 2).fill(1),
    };
  }

  /** Sets what the next trees are grown on: `placed` targets, or a sample of them. */
  setSample(sample: TreeSample): void {
    if (this.#sample === sample) return;
    this.#sample = sample;
    this.#words[SAMPLE_SUMS] = sample.targets.sum.byteOffset;
    this.#words[SAMPLE_WEIGHTS] = sample.targets.weight.byteOffset;
    this.#kernel.run.markSample();
  }

  /**
   * Counts the last tree in, grows one on what is left, and sends all rows down it: `nodes` and `leafSums` then tell
   * of it, until the next one is grown. The booster's `factor` is to be set.
   */
  grow({ odds, leaf, factor }: BoostedRows): void {
    this.nodes.count = this.#kernel.run.growTree(
      odds.byteOffset,
      leaf.byteOffset,
      factor.byteOffset,
    );
  }

  /** OUT `probabilities`: the answers with the last tree counted in, per row of the matrix. */
  answer({ odds, leaf, factor }: BoostedRows, probabilities: Float64Array): void {
    const { order } = this.#places;
    for (let place = 0; place < order.length; place++) {
      const row = order[place] as number;
      if (row < 0) continue;
      const before = odds[place] as number;
      probabilities[row] = 1 / (1 + before * (factor[leaf[place] as number] as number));
    }
  }
}
