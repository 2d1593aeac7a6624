import type { SeededRandom } from "@gillnet/entity";

import { boostingKernels } from "../engine/boosting/kernel.ts";
import { ResidualTrees } from "../engine/boosting/residual-trees.ts";
import { TreeSamples } from "../engine/boosting/tree-samples.ts";
import { squaredError } from "../engine/criterion.ts";
import { boostedFamily } from "./boosted-family.ts";
import type { Booster } from "./boosted-family.ts";
import { sampledRows } from "./family.ts";
import type { CandidateParams, Family, ParamValue, TrainingSet } from "./family.ts";
import { GradientBooster, priorOf } from "./gradient-booster.ts";
import { KernelBooster } from "./kernel-booster.ts";
import { columnsPerSplit, growthLimits } from "./tree-params.ts";

/**
 * Gradient boosting of the log loss (Friedman 2001), as scikit-learn's GradientBoostingClassifier: each tree
 * is grown by squared error on the residuals of the trees before it, and each leaf answers with one Newton step, sum
 * of residuals over sum of p (1 - p), times the learning rate.
 *
 * Tree t draws its rows and columns from `random.fork(t)` alone, so one fit serves all numbers of trees, and all
 * learning rates see the same rows: their boosters go side by side. Rows with equal features share their answer, so a
 * distinct row counts by its weights; a subsample draws the copies that the weights stand for.
 */
export const gradientBoosting: Family = boostedFamily({
  name: "gradient_boosting",
  title: "gradient boosting",
  paramNames: [
    "learning_rate",
    "subsample",
    "max_depth",
    "min_samples_leaf",
    "min_samples_split",
    "max_features",
    "class_weight",
    "n_estimators",
  ],
  criterion: squaredError,
  effortOfTree: 0.15,
  sideBySide: "learning_rate",
  start,
  scaleOf: () => 1,
});

/** Boosters that share all parameters but the learning rate. */
function start(
  training: TrainingSet,
  all: readonly CandidateParams[],
  random: SeededRandom,
): readonly Booster[] {
  const { binned, targets, weightUnit } = training;
  const [first] = all as readonly [CandidateParams];
  const limits = growthLimits(first, weightUnit);
  const { cols } = binned.codes;
  const columns = columnsPerSplit(first["max_features"] as ParamValue, cols);
  const rates = all.map((params) => params["learning_rate"] as number);
  const share = first["subsample"] as number;
  const drawn = sampledRows(training);
  const prior = priorOf(targets);
  const kernel = boostingKernels.take();
  if (columns === cols && ResidualTrees.suits(targets, limits)) {
    const trees = new ResidualTrees(binned, targets, limits, kernel);
    const placed = { ...drawn, targets: trees.placed(drawn.targets) };
    const samples = new TreeSamples(trees.placed(targets), placed, share, random, kernel);
    return rates.map((rate) => new KernelBooster(trees, prior, samples, rate, kernel));
  }
  const samples = new TreeSamples(targets, drawn, share, random, kernel);
  return rates.map(
    (rate) => new GradientBooster(binned, prior, limits, columns, samples, rate, random, kernel),
  );
}
