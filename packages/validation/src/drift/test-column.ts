import type { FeatureSummary } from "../summarize-column.ts";
import { compareNumbers } from "./compare-numbers.ts";
import { compareShares } from "./compare-shares.ts";
import type { IndependentSample } from "./independent-sample.ts";
import type { TwoSampleTest } from "./two-sample-test.ts";

/**
 * Compares a column's distributions in train and test: chi-squared where its values are few or categories,
 * Kolmogorov and Smirnov's where they are many numbers. Null when a part is empty or there is no second
 * value to be compared.
 */
export function testColumn(
  { feature, whole }: FeatureSummary,
  train: IndependentSample,
  test: IndependentSample,
): TwoSampleTest | null {
  if (train.size === 0 || test.size === 0) return null;
  return whole.values === null
    ? compareNumbers(feature.name, train, test)
    : compareShares(feature.name, train, test);
}
