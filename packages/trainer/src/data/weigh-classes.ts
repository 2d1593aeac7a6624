import type { ClassWeights, RowTargets } from "../engine/dtypes.ts";
import type { ParamValue, TrainingSet } from "../families/family.ts";

/**
 * The set as a family is to see it when the classes do not weigh alike: every row's weight times that of its
 * class, as scikit-learn's `class_weight`.
 *
 * "balanced" gives both classes half of the total weight: total / (2 * the class's), from the rows of this very
 * set (a fold's own). A number is what a positive row weighs against a negative one; null and undefined change
 * nothing. The rows as they were stay in `sampled`: samples are drawn from them, and what was drawn is weighed
 * afterwards, so that class weights change no draw.
 *
 * The set is not changed; without class weights it is returned as it is. O(rows).
 */
export function weighClasses(
  training: TrainingSet,
  classWeight: ParamValue | undefined,
): TrainingSet {
  const { targets, weightUnit } = training;
  let total = 0;
  let ofPositive = 0;
  for (let row = 0; row < targets.weight.length; row++) {
    total += targets.weight[row] as number;
    ofPositive += targets.sum[row] as number;
  }
  const classWeights = weightsOf(classWeight, ofPositive, total - ofPositive);
  const { positive, negative } = classWeights;
  if (positive === 1 && negative === 1) return training;
  return {
    ...training,
    targets: weighed(targets, classWeights),
    weightUnit: (weightUnit * (positive * ofPositive + negative * (total - ofPositive))) / total,
    sampled: { targets, weightUnit, classWeights },
  };
}

function weightsOf(
  classWeight: ParamValue | undefined,
  ofPositive: number,
  ofNegative: number,
): ClassWeights {
  if (classWeight === "balanced") {
    const half = (ofPositive + ofNegative) / 2;
    return { positive: half / ofPositive, negative: half / ofNegative };
  }
  return { positive: typeof classWeight === "number" ? classWeight : 1, negative: 1 };
}

function weighed({ sum, weight }: RowTargets, { positive, negative }: ClassWeights): RowTargets {
  const weighedSum = sum.map((ofPositive) => positive * ofPositive);
  return {
    sum: weighedSum,
    weight: weighedSum.map(
      (ofPositive, row) => ofPositive + negative * ((weight[row] as number) - (sum[row] as number)),
    ),
  };
}
