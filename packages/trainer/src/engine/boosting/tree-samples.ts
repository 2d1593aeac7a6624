import type { SeededRandom } from "@gillnet/entity";

import type { RowTargets, SampledRows } from "../dtypes.ts";
import type { BoostingKernel } from "./kernel.ts";
import { Subsample } from "./subsample.ts";

/** What a tree is grown on. */
export interface TreeSample {
  readonly tree: number;
  readonly targets: RowTargets;
}

/**
 * What each tree of an ensemble is grown on: a subsample that it draws from `random.fork(tree)`, or all rows. The
 * last one is kept, so that ensembles that go side by side draw each once.
 */
export class TreeSamples {
  readonly #subsample: Subsample | null;
  readonly #random: SeededRandom;
  #last: TreeSample;

  /**
   * @param all what trees are grown on when none is left out
   * @param drawn what samples are drawn from
   * @param share of the rows, as Subsample's; 1 for all
   * @param kernel in whose memory samples stand
   */
  constructor(
    all: RowTargets,
    { targets, weightUnit, classWeights }: SampledRows,
    share: number,
    random: SeededRandom,
    kernel: BoostingKernel,
  ) {
    this.#subsample =
      share < 1 ? new Subsample(targets, share, weightUnit, kernel, classWeights) : null;
    this.#random = random;
    this.#last = { tree: -1, targets: all };
  }

  /** The same object as long as the rows are the same. They hold until another tree's are asked for. */
  of(tree: number): TreeSample {
    if (this.#subsample !== null && this.#last.tree !== tree) {
      this.#last = { tree, targets: this.#subsample.draw(this.#random.fork(tree)) };
    }
    return this.#last;
  }
}
