import type { RowMajorF64 } from "@gillnet/entity";
import type {
  CategoricalProfile,
  FeatureProfile,
  InputFeature,
  NumericProfile,
} from "@gillnet/model-bundle";

/** A numeric column with more distinct values than this is described by quantiles. */
const MOST_VALUES = 32;
/** 0 %, 5 %, ... 100 %. */
const QUANTILE_STEPS = 20;

/**
 * Describes how each input is distributed in the training part: what drift is measured against, and what
 * pages show. `count` is the weight of all rows, `missing` that of the rows without a value.
 *
 * @param matrix encoded inputs before imputation: a category's code, NaN where missing. The result does
 *   not depend on the order of rows as long as the sums of weights are exact (whole numbers are).
 * @param rowWeights one a row, above 0.
 */
export function buildProfile(
  features: readonly InputFeature[],
  matrix: RowMajorF64,
  rowWeights: Float64Array,
): readonly FeatureProfile[] {
  return features.map((feature, column) => {
    const values = new Float64Array(matrix.rows);
    for (let row = 0; row < matrix.rows; row++) {
      values[row] = matrix.data[row * matrix.cols + column] as number;
    }
    const weighed = weighValues(values, rowWeights);
    return feature.kind === "numeric"
      ? numericProfile(feature.name, weighed)
      : categoricalProfile(feature.name, feature.categories, weighed);
  });
}

/** The distinct values of a column, ascending, each with its weight. */
interface WeighedValues {
  readonly count: number;
  readonly missing: number;
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

function weighValues(values: Float64Array, rowWeights: Float64Array): WeighedValues {
  let count = 0;
  let missing = 0;
  const weightOf = new Map<number, number>();
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    const weight = rowWeights[row] as number;
    count += weight;
    if (Number.isNaN(value)) missing += weight;
    else weightOf.set(value, (weightOf.get(value) ?? 0) + weight);
  }
  const distinct = Float64Array.from(weightOf.keys()).sort();
  const weights = distinct.map((value) => weightOf.get(value) ?? 0);
  return { count, missing, values: distinct, weights };
}

function numericProfile(name: string, weighed: WeighedValues): NumericProfile {
  const { values, weights } = weighed;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) * (weights[i] as number);
  const present = weighed.count - weighed.missing;
  const few = values.length <= MOST_VALUES;
  return {
    kind: "numeric",
    name,
    count: weighed.count,
    missing: weighed.missing,
    minimum: values.at(0) ?? null,
    maximum: values.at(-1) ?? null,
    mean: values.length === 0 ? null : sum / present,
    values: few ? Array.from(values, (value, i) => ({ value, count: weights[i] as number })) : null,
    quantiles: few ? null : quantiles(values, weights),
  };
}

/** For each step the least value that this share of the weight does not exceed: always a value of the column. */
function quantiles(values: Float64Array, weights: Float64Array): readonly number[] {
  const upTo = new Float64Array(weights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    total += weights[i] as number;
    upTo[i] = total;
  }
  const result: number[] = [];
  let at = 0;
  for (let step = 0; step <= QUANTILE_STEPS; step++) {
    const wanted = (step / QUANTILE_STEPS) * total;
    while (at < values.length - 1 && (upTo[at] as number) < wanted) at++;
    result.push(values[at] as number);
  }
  return result;
}

function categoricalProfile(
  name: string,
  categories: readonly string[],
  weighed: WeighedValues,
): CategoricalProfile {
  const counts = new Float64Array(categories.length);
  weighed.values.forEach((code, i) => {
    counts[code] = weighed.weights[i] as number;
  });
  return {
    kind: "categorical",
    name,
    count: weighed.count,
    missing: weighed.missing,
    values: categories.map((value, code) => ({ value, count: counts[code] as number })),
  };
}
