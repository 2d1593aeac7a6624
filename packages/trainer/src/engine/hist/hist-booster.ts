import type { ColumnBins } from "../dtypes.ts";
import { GrownTree } from "../grown-tree.ts";
import type { Split } from "../splitting.ts";
import type { NodeAnswers } from "../tree-predictor.ts";
import { Crew } from "./crew.ts";
import { fillMemory } from "./fit-memory.ts";
import type { FitMemory, HistInput, HistLimits } from "./fit-memory.ts";
import { HistGrower } from "./grower.ts";
import { COMMAND_SETTLE } from "./header.ts";

/**
 * Gradient boosting of the log loss on histograms of integers: each tree is grown on the gradients and hessians of
 * the scores so far, and its leaves answer with a Newton step times the learning rate (Chen and Guestrin, "XGBoost",
 * 2016). The same trees, bit by bit, for any number of threads.
 */
export class HistBooster {
  readonly #memory: FitMemory;
  readonly #columns: readonly ColumnBins[];
  readonly #rate: number;
  readonly #crew: Crew;
  readonly #grower: HistGrower;
  readonly #tree: GrownTree = new GrownTree();

  /** @throws PipelineError TRAINER_OUT_OF_MEMORY before any work */
  constructor(input: HistInput, limits: HistLimits, rate: number) {
    this.#memory = fillMemory(input, limits);
    this.#columns = input.binned.columns;
    this.#rate = rate;
    this.#crew = new Crew(this.#memory.kernel, input.threads);
    this.#grower = new HistGrower(this.#memory, this.#crew, limits);
  }

  /**
   * Grows the next tree and adds its answers to the scores. What it returns holds until the next one.
   *
   * @param seed what the tree's random numbers start from: 32 bits
   */
  async next(seed: number): Promise<{ readonly tree: GrownTree; readonly nodes: NodeAnswers }> {
    const grower = this.#grower;
    const { kernel, layout, threads } = this.#memory;
    await grower.grow(seed);
    const values = layout.values / 8;
    // Rows stand where splits were tried, but get the answer of the leaf that they are in.
    for (let node = 0; node < grower.count; node++) {
      kernel.reals[values + node] =
        this.#rate * grower.records.answer(grower.leafOf[node] as number);
    }
    for (let thread = 0; thread < threads; thread++) {
      const start = (layout.covers + thread * layout.coverBytes) / 8;
      kernel.reals.fill(0, start, start + grower.count);
    }
    await this.#crew.run(COMMAND_SETTLE);
    await this.#crew.rest();
    return this.#depthFirst();
  }

  /** The score of every row so far, as a view that the next tree changes. */
  scores(): Float64Array {
    const { kernel, layout, rows } = this.#memory;
    return new Float64Array(kernel.memory.buffer, layout.scores, rows);
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await this.#crew.close();
  }

  /** The tree with its nodes in depth-first order, as models have them. */
  #depthFirst(): { readonly tree: GrownTree; readonly nodes: NodeAnswers } {
    const { count, firstChild, records } = this.#grower;
    const tree = this.#tree;
    tree.clear();
    const value = new Float64Array(count);
    const cover = new Float64Array(count);
    const leafCovers = this.#leafCovers();
    // A node is numbered when it is taken off the stack, and then linked to its parent: the left child first.
    const waiting = [{ node: 0, parent: -1 }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { node, parent } = next;
      const at = tree.addLeaf(0, 0);
      if (parent >= 0) {
        if (at === parent + 1) tree.left[parent] = at;
        else tree.right[parent] = at;
      }
      value[at] = this.#rate * records.answer(node);
      cover[at] = leafCovers[node] as number;
      const child = firstChild[node] as number;
      if (child === 0) continue;
      const column = records.column(node);
      const bins = this.#columns[column] as ColumnBins;
      tree.split(at, this.#splitOf(node, column, bins), bins.kind === "categorical");
      waiting.push({ node: child + 1, parent: at }, { node: child, parent: at });
    }
    for (let at = tree.count - 1; at >= 0; at--) {
      if ((tree.feature[at] as number) < 0) continue;
      const [left, right] = [tree.left[at] as number, tree.right[at] as number];
      cover[at] = (cover[left] as number) + (cover[right] as number);
    }
    return { tree, nodes: { value, cover } };
  }

  /** The weight of each leaf's rows, by the leaf's number. */
  #leafCovers(): Float64Array {
    const { kernel, layout, threads, scales } = this.#memory;
    const { count, leafOf } = this.#grower;
    const covers = new Float64Array(count);
    for (let thread = 0; thread < threads; thread++) {
      const start = (layout.covers + thread * layout.coverBytes) / 8;
      for (let node = 0; node < count; node++) {
        const leaf = leafOf[node] as number;
        covers[leaf] = (covers[leaf] as number) + (kernel.reals[start + node] as number);
      }
    }
    return covers.map((weight) => weight / scales.cover);
  }

  #splitOf(node: number, feature: number, bins: ColumnBins): Split {
    const { records } = this.#grower;
    const last = records.lastLeftBin(node);
    const goesLeft = new Uint8Array(bins.kind === "categorical" ? bins.valueBins + 1 : 0);
    for (let bin = 0; bin < goesLeft.length; bin++) {
      goesLeft[bin] = Number(records.binGoesLeft(node, bin));
    }
    return {
      feature,
      cost: 0,
      leftSum: 0,
      leftWeight: 0,
      missingLeft: records.missingLeft(node),
      bound: NaN,
      leftBin: last,
      rightBin: last + 1 < bins.valueBins ? last + 1 : -1,
      goesLeft,
    };
  }
}
