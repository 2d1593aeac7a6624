import type { ForestModel, Model } from "@gillnet/model-bundle";

import { Bootstrap } from "../engine/bootstrap.ts";
import { TreeGrower } from "../engine/grower.ts";
import { firstTrees, joinEnsembles } from "../engine/tree-ensembles.ts";
import { EnsembleBuilder } from "../engine/tree-predictor.ts";
import type { CandidateParams, Family, FitResult, ParamValue } from "./family.ts";
import { growthLimits, treeCriterion } from "./tree-params.ts";

/**
 * Trees on bootstrap samples that look at a few columns drawn at every node; the model answers with the mean
 * of their shares, as scikit-learn's RandomForestClassifier.
 *
 * Tree t draws from `random.fork(t)` alone: the first k trees of a larger forest are the k-tree forest, and
 * any range of trees can be grown anywhere. `min_samples_leaf` and `min_samples_split` count a row as often
 * as the sample holds it (scikit-learn counts it once).
 */
export const randomForest: Family = {
  name: "random_forest",
  title: "random forest",
  reads: "codes",
  paramNames: [
    "criterion",
    "max_features",
    "max_depth",
    "min_samples_leaf",
    "min_samples_split",
    "bootstrap",
    "n_estimators",
  ],
  fit: (training, params, context) =>
    fitTrees(training, params, context, 0, params["n_estimators"] as number),
  effort: (params) => params["n_estimators"] as number,
  staged: {
    param: "n_estimators",
    firstMembers: (model, count) => ({
      kind: "forest",
      trees: firstTrees((model as ForestModel).trees, count),
    }),
  },
  parts: {
    fitMembers: fitTrees,
    join: (parts: readonly Model[]) => ({
      kind: "forest",
      trees: joinEnsembles(parts.map((part) => (part as ForestModel).trees)),
    }),
  },
};

function fitTrees(
  ...[training, params, { random, onMember }, start, end]: Parameters<
    NonNullable<Family["parts"]>["fitMembers"]
  >
): FitResult {
  const { binned, targets, weightUnit } = training;
  const criterion = treeCriterion(params);
  const bootstrap = params["bootstrap"] === true ? new Bootstrap(targets, weightUnit) : null;
  // A bootstrap sample counts rows, whatever they weigh.
  const unit = bootstrap === null ? weightUnit : 1;
  const limits = growthLimits(params, unit);
  const columns = columnsPerSplit(params["max_features"] as ParamValue, binned.codes.cols);
  const grower = new TreeGrower(binned, criterion, limits, columns);
  const coverUnit = bootstrap === null ? 1 : weightUnit;
  const ensemble = new EnsembleBuilder(binned.columns, criterion, coverUnit);
  for (let tree = start; tree < end; tree++) {
    const stream = random.fork(tree);
    const sample = bootstrap === null ? targets : bootstrap.draw(stream);
    ensemble.add(grower.grow(sample, stream));
    onMember(tree + 1 - start, end - start);
  }
  return { model: { kind: "forest", trees: ensemble.finish() }, notes: [] };
}

/** How many of `columns` a node draws: "sqrt", "log2", a share of them, or all when null. At least one. */
export function columnsPerSplit(maxFeatures: CandidateParams[string], columns: number): number {
  const wanted =
    maxFeatures === "sqrt"
      ? Math.sqrt(columns)
      : maxFeatures === "log2"
        ? Math.log2(columns)
        : columns * ((maxFeatures as number | null) ?? 1);
  return Math.max(1, Math.floor(wanted));
}
