import type { BenchResult, SideResult, Timing } from "../../src/results/bench-result.ts";
import { METRIC_NAMES } from "../../src/scoring/score-folds.ts";
import type { FoldScores } from "../../src/scoring/score-folds.ts";

/** A result of some sides; the rest is made up. */
export function resultOf(
  name: string,
  sides: readonly SideResult[],
  more: Partial<BenchResult> = {},
): BenchResult {
  return {
    name,
    bench: "train",
    title: `title of ${name}`,
    command: "pnpm bench train",
    date: "2026-01-31",
    machine: {
      cores: 2,
      cpu: "a processor",
      memoryGigabytes: 8,
      system: "Linux x64",
      busyCores: 0.5,
    },
    versions: { Gillnet: "0.1.0", node: "20.0.0", python: "3.11.0", xgboost: "3.2.0" },
    settings: {},
    sides,
    ...more,
  };
}

export function timing(seconds: number): Timing {
  return { first: 2 * seconds, median: seconds, min: seconds, max: seconds, fits: 1 };
}

/** The same value for all metrics. */
export function foldScores(value: number): FoldScores {
  return Object.fromEntries(
    METRIC_NAMES.map((metric) => [metric, { value, standardError: 0.001 }]),
  ) as unknown as FoldScores;
}
