import { findColumn } from "@gillnet/entity";
import type { NumericColumn } from "@gillnet/entity";
import { kolmogorovSmirnovPValue } from "../statistics/kolmogorov-smirnov.ts";
import type { IndependentSample } from "./independent-sample.ts";
import type { TwoSampleTest } from "./two-sample-test.ts";

/**
 * The test of Kolmogorov and Smirnov of whether a column's numbers are distributed alike in both samples.
 * Missing counts as less than every number, so that a change of the missing cells' share shows as well. The
 * statistic, which is the effect too, is the greatest difference between the cumulative shares.
 *
 * O(rows * log rows).
 */
export function compareNumbers(
  name: string,
  train: IndependentSample,
  test: IndependentSample,
): TwoSampleTest {
  const trainValues = valuesOf(name, train);
  const testValues = valuesOf(name, test);
  const distinct = sortDistinct(trainValues, testValues);
  const inTrain = votesByPlace(trainValues, train.votes, distinct);
  const inTest = votesByPlace(testValues, test.votes, distinct);
  let trainBelow = 0;
  let testBelow = 0;
  let distance = 0;
  for (let place = 0; place < distinct.length; place++) {
    trainBelow += inTrain[place] as number;
    testBelow += inTest[place] as number;
    distance = Math.max(distance, Math.abs(trainBelow / train.size - testBelow / test.size));
  }
  return {
    name: "kolmogorov_smirnov",
    statistic: distance,
    pValue: kolmogorovSmirnovPValue(distance, train.size, test.size),
    effect: distance,
    pooledValues: 0,
  };
}

function valuesOf(name: string, { table, rows }: IndependentSample): Float64Array {
  const { values } = findColumn(table, name) as NumericColumn;
  const own = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i] as number] as number;
    own[i] = Number.isNaN(value) ? -Infinity : value;
  }
  return own;
}

function sortDistinct(first: Float64Array, second: Float64Array): Float64Array {
  const sorted = new Float64Array(first.length + second.length);
  sorted.set(first);
  sorted.set(second, first.length);
  sorted.sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (count === 0 || sorted[i] !== sorted[count - 1]) sorted[count++] = sorted[i] as number;
  }
  return sorted.subarray(0, count);
}

/** The sum of the votes for each value of `distinct`, which is ascending and holds all `values`. */
function votesByPlace(
  values: Float64Array,
  votes: Float64Array,
  distinct: Float64Array,
): Float64Array {
  const sums = new Float64Array(distinct.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    let start = 0;
    let end = distinct.length - 1;
    while (start < end) {
      const middle = (start + end) >> 1;
      if ((distinct[middle] as number) < value) start = middle + 1;
      else end = middle;
    }
    sums[start] = (sums[start] as number) + (votes[i] as number);
  }
  return sums;
}
