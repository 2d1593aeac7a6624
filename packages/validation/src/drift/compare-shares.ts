import { findColumn } from "@gillnet/entity";
import type { Column } from "@gillnet/entity";
import { chiSquaredPValue } from "../statistics/chi-squared.ts";
import type { IndependentSample } from "./independent-sample.ts";
import type { TwoSampleTest } from "./two-sample-test.ts";

/** The usual bound for the chi-squared distribution to be near enough. */
const LEAST_EXPECTED = 5;

/** Votes for a value, or for several that are pooled. */
interface Tally {
  readonly train: number;
  readonly test: number;
}

/**
 * Pearson's chi-squared test of whether a column's values, missing being one of them, have the same shares
 * in both samples. Values too rare to be expected five times in the smaller sample are pooled, and with them
 * the next frequent one if they are too rare together. The effect is the total variation distance: the share
 * that would have to have another value.
 *
 * Null when fewer than two values are left. O(rows + values * log values).
 */
export function compareShares(
  name: string,
  train: IndependentSample,
  test: IndependentSample,
): TwoSampleTest | null {
  const all = tallyValues(name, train, test);
  const least = (LEAST_EXPECTED * (train.size + test.size)) / Math.min(train.size, test.size);
  const tallies = poolRare(all, least);
  if (tallies.length < 2) return null;

  const trainShare = train.size / (train.size + test.size);
  let statistic = 0;
  let variation = 0;
  for (const tally of tallies) {
    const total = tally.train + tally.test;
    // Both cells of a value are equally far from what is expected of them.
    const distance = tally.train - total * trainShare;
    statistic += distance ** 2 / (total * trainShare * (1 - trainShare));
    variation += Math.abs(tally.train / train.size - tally.test / test.size);
  }
  return {
    name: "chi_squared",
    statistic,
    pValue: chiSquaredPValue(statistic, tallies.length - 1),
    effect: variation / 2,
    pooledValues: tallies.length === all.length ? 0 : all.length - tallies.length + 1,
  };
}

/** The rarest values as one, so that none is less frequent than `least`; among equals the later in order go first. */
function poolRare(tallies: readonly Tally[], least: number): readonly Tally[] {
  const total = ({ train, test }: Tally): number => train + test;
  const kept = tallies.toSorted((a, b) => total(b) - total(a));
  let pool: Tally = { train: 0, test: 0 };
  while (kept.length > 0) {
    const rarest = kept.at(-1) as Tally;
    const settled = total(pool) === 0 || total(pool) >= least;
    if (settled && total(rarest) >= least) break;
    pool = { train: pool.train + rarest.train, test: pool.test + rarest.test };
    kept.pop();
  }
  return total(pool) === 0 ? kept : [...kept, pool];
}

/** The votes of both samples for every value that occurs, in the order of the values as text. */
function tallyValues(
  name: string,
  train: IndependentSample,
  test: IndependentSample,
): readonly Tally[] {
  const inTrain = tallySample(findColumn(train.table, name) as Column, train);
  const inTest = tallySample(findColumn(test.table, name) as Column, test);
  // An order that knows nothing of the samples: else pooling would follow the difference to be tested.
  const values = [...new Set([...inTrain.keys(), ...inTest.keys()])].sort((a, b) =>
    String(a) < String(b) ? -1 : 1,
  );
  return values.map((value) => ({
    train: inTrain.get(value) ?? 0,
    test: inTest.get(value) ?? 0,
  }));
}

/** Votes by value; missing is NaN or null. */
function tallySample(
  column: Column,
  { rows, votes }: IndependentSample,
): ReadonlyMap<number | string | null, number> {
  const tally = new Map<number | string | null, number>();
  if (column.kind === "numeric") {
    for (let i = 0; i < rows.length; i++) {
      const value = column.values[rows[i] as number] as number;
      tally.set(value, (tally.get(value) ?? 0) + (votes[i] as number));
    }
    return tally;
  }
  // The last place is for missing cells, whose code is -1.
  const byCode = new Float64Array(column.categories.length + 1);
  for (let i = 0; i < rows.length; i++) {
    const code = column.codes[rows[i] as number] as number;
    const place = code < 0 ? column.categories.length : code;
    byCode[place] = (byCode[place] as number) + (votes[i] as number);
  }
  for (const [code, sum] of byCode.entries()) {
    if (sum > 0) tally.set(column.categories[code] ?? null, sum);
  }
  return tally;
}
