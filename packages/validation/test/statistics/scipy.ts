import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What SciPy says; test/fixtures/statistics.py writes it. */
interface SciPyFixture {
  readonly chi_squared: readonly { statistic: number; degrees: number; p_value: number }[];
  readonly limit: readonly { distance: number; first: number; second: number; p_value: number }[];
  readonly samples: readonly {
    train: readonly number[];
    test: readonly number[];
    statistic: number;
    p_value: number;
  }[];
  readonly tables: readonly {
    train: readonly number[];
    test: readonly number[];
    statistic: number;
    p_value: number;
    total_variation: number;
  }[];
  readonly adjusted: readonly { p_values: readonly number[]; adjusted: readonly number[] }[];
}

export const SCIPY = JSON.parse(
  readFileSync(join(import.meta.dirname, "../fixtures/statistics.json"), "utf8"),
) as SciPyFixture;

/** How far `value` is from `reference`, relative to it. */
export function relativeError(value: number, reference: number): number {
  return value === reference ? 0 : Math.abs(value - reference) / Math.abs(reference);
}
