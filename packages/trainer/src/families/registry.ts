import { adaboost } from "./adaboost.ts";
import { decisionTree } from "./decision-tree.ts";
import { extraTrees } from "./extra-trees.ts";
import type { Family } from "./family.ts";
import { gradientBoosting } from "./gradient-boosting.ts";
import { histGradientBoosting } from "./hist-gradient-boosting.ts";
import { logisticRegression } from "./logistic/logistic-regression.ts";
import { neuralNetwork } from "./network/neural-network.ts";
import { randomForest } from "./random-forest.ts";

/** The families in order of preference: of equally good candidates the earlier, simpler one wins. */
export const FAMILIES: readonly Family[] = [
  logisticRegression,
  decisionTree,
  adaboost,
  randomForest,
  extraTrees,
  gradientBoosting,
  histGradientBoosting,
  neuralNetwork,
];

/** The family called `name`; only names from FAMILIES come here. */
export function familyNamed(name: string): Family {
  const family = FAMILIES.find((each) => each.name === name);
  if (family === undefined) throw new RangeError(`No family is called '${name}'`);
  return family;
}
