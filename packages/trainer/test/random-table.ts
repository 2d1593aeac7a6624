import type { RowMajorF64, SeededRandom } from "@gillnet/entity";
import type { InputFeature } from "@gillnet/model-bundle";

import type { RowTargets } from "../src/engine/dtypes.ts";
import { applyBins } from "../src/engine/apply-bins.ts";
import { fitBins } from "../src/engine/fit-bins.ts";
import type { TrainingSet } from "../src/families/family.ts";

/** What a random column holds: that many numbers or categories, some of them missing. */
export interface ColumnRecipe {
  readonly kind: "numeric" | "categorical";
  readonly levels: number;
  readonly missing?: number;
}

export interface RandomTable {
  readonly x: RowMajorF64;
  readonly features: readonly InputFeature[];
  readonly labels: Uint8Array;
}

/** Rows whose label depends on the first columns, with noise. */
export function randomTable(
  rows: number,
  recipes: readonly ColumnRecipe[],
  random: SeededRandom,
): RandomTable {
  const cols = recipes.length;
  const data = new Float64Array(rows * cols);
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    let score = random.uniform() - 0.5;
    recipes.forEach(({ kind, levels, missing = 0 }, column) => {
      const level = random.integer(levels);
      const hidden = random.uniform() < missing;
      if (column < 3) score += (hidden ? 0.3 : ((level * 7) % levels) / levels) - 0.45;
      const value = kind === "numeric" ? level / 4 - 1 : level;
      data[row * cols + column] = hidden ? NaN : value;
    });
    labels[row] = score > 0 ? 1 : 0;
  }
  const features = recipes.map(({ kind, levels }, column): InputFeature => {
    const name = `column ${column}`;
    return kind === "numeric"
      ? { kind, name }
      : { kind, name, categories: Array.from({ length: levels }, (_, code) => categoryName(code)) };
  });
  return { x: { data, rows, cols }, features, labels };
}

/** Names whose order is that of their codes. */
function categoryName(code: number): string {
  return `c${String(code).padStart(4, "0")}`;
}

/** Targets with a weight a row; 1 each when none are given. */
export function targetsOf(labels: ArrayLike<number>, weights?: ArrayLike<number>): RowTargets {
  const weight = Float64Array.from(labels, (_, row) => weights?.[row] ?? 1);
  return { sum: weight.map((w, row) => (labels[row] === 1 ? w : 0)), weight };
}

/** A training set of the table's rows as they are, repeated or not. */
export function trainingSetOf(
  { x, features, labels }: RandomTable,
  weights?: ArrayLike<number>,
): TrainingSet {
  const targets = targetsOf(labels, weights);
  const binned = applyBins(x, fitBins(x, targets.weight, features));
  return { x, features, binned, targets, weightUnit: 1 };
}
