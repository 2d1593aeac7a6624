import { SeededRandom } from "@gillnet/entity";

import { gini } from "../src/engine/criterion.ts";
import type { BinnedMatrix, RowTargets } from "../src/engine/dtypes.ts";
import { TreeGrower } from "../src/engine/grower.ts";
import type { GrownTree } from "../src/engine/grown-tree.ts";
import { LeafRows } from "../src/engine/leaf-rows.ts";

/**
 * The oracle of AdaBoost's kernel: stumps by TreeGrower, rows sent down them one by one, weights of all rows summed
 * anew.
 */
export class NaiveStumps {
  error = 0;
  readonly value: number[] = [];
  readonly cover: number[] = [];
  readonly scores: Float64Array;
  readonly #targets: RowTargets;
  readonly #leastShare: number;
  readonly #grower: TreeGrower;
  readonly #leafRows: LeafRows;
  readonly #positive: Float64Array;
  readonly #negative: Float64Array;

  constructor(binned: BinnedMatrix, targets: RowTargets, leastShare: number) {
    const limits = { maxDepth: 1, minSplitWeight: 0, minLeafWeight: 0 };
    this.scores = new Float64Array(binned.codes.rows);
    this.#targets = targets;
    this.#leastShare = leastShare;
    this.#grower = new TreeGrower(binned, gini, limits, binned.codes.cols);
    this.#leafRows = new LeafRows(binned);
    this.#positive = targets.sum.slice();
    this.#negative = targets.weight.map((weight, row) => weight - (targets.sum[row] as number));
    this.#normalize();
  }

  grow(): GrownTree {
    const sum = this.#positive;
    const weight = sum.map((positive, row) => positive + (this.#negative[row] as number));
    const tree = this.#grower.grow({ sum, weight }, new SeededRandom(0));
    this.#leafRows.send(tree);
    this.error = 0;
    for (let node = 0; node < tree.count; node++) {
      this.cover[node] = total(this.#rowsOf(node), this.#targets.weight);
      if ((tree.feature[node] as number) < 0) {
        const wrong = this.#saysPositive(node) ? this.#negative : this.#positive;
        this.error += total(this.#rowsOf(node), wrong);
      }
    }
    return tree;
  }

  cast(tree: GrownTree, vote: number): void {
    for (let node = 0; node < tree.count; node++) {
      const positive = this.#saysPositive(node);
      this.value[node] = positive ? vote : -vote;
    }
    for (let node = 0; node < tree.count; node++) {
      if ((tree.feature[node] as number) >= 0) continue;
      const value = this.value[node] as number;
      const wrong = this.#saysPositive(node) ? this.#negative : this.#positive;
      for (const row of this.#rowsOf(node)) {
        this.scores[row]! += value;
        wrong[row]! *= Math.exp(vote);
      }
    }
    this.#normalize();
  }

  #rowsOf(node: number): Int32Array {
    const { rows, start, end } = this.#leafRows;
    return rows.subarray(start[node], end[node]);
  }

  #saysPositive(node: number): boolean {
    const rows = this.#rowsOf(node);
    return total(rows, this.#positive) > total(rows, this.#negative);
  }

  #normalize(): void {
    const { sum, weight } = this.#targets;
    const all = Int32Array.from(sum.keys());
    const whole = total(all, this.#positive) + total(all, this.#negative);
    sum.forEach((positive, row) => {
      const least = [positive, (weight[row] as number) - positive];
      [this.#positive, this.#negative].forEach((weights, i) => {
        const floor = (least[i] as number) * this.#leastShare;
        weights[row] = Math.max(floor, (weights[row] as number) / whole);
      });
    });
  }
}

function total(rows: Int32Array, amounts: Float64Array): number {
  return rows.reduce((sum, row) => sum + (amounts[row] as number), 0);
}
