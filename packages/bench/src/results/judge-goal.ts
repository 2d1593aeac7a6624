import type { BenchResult, SideResult } from "./bench-result.ts";
import { ratioOf } from "./bench-result.ts";
import type { Goal } from "./goals.ts";
import { METRICS } from "../scoring/score-folds.ts";
import type { MetricName } from "../scoring/score-folds.ts";

/** A goal with what was measured. */
export interface JudgedGoal {
  readonly goal: Goal;
  readonly result?: BenchResult;
  readonly gillnet?: { readonly side: SideResult; readonly value: number };
  readonly peer?: { readonly side: SideResult; readonly value: number };
  readonly ratio?: number;
  readonly verdict: "met" | "missed, above the floor" | "missed" | "not measured";
}

/** Holds a goal against the results. */
export function judgeGoal(goal: Goal, results: readonly BenchResult[]): JudgedGoal {
  const result = results.find(({ name }) => name === goal.result);
  if (result === undefined) return { goal, verdict: "not measured" };
  const gillnet = bestOf(result, goal, (side) => side.side === "gillnet");
  const peer = bestOf(
    result,
    goal,
    (side) => side.side === "peer" && (goal.peer === "best" || side.library === goal.peer),
  );
  if (gillnet === undefined || peer === undefined) {
    return { goal, result, verdict: "not measured" };
  }
  const ratio = ratioOf(shortfall(goal, gillnet.value), shortfall(goal, peer.value)) ?? Infinity;
  const missed = ratio >= goal.floor ? "missed, above the floor" : "missed";
  const verdict = ratio >= goal.goal ? "met" : missed;
  return { goal, result, gillnet, peer, ratio, verdict };
}

/** The side with the best value, of those that `takes` takes. */
function bestOf(
  { sides }: BenchResult,
  goal: Goal,
  takes: (side: SideResult) => boolean,
): { readonly side: SideResult; readonly value: number } | undefined {
  return sides
    .filter(takes)
    .flatMap((side) => {
      const value = valueOf(side, goal.figure);
      return value === undefined ? [] : [{ side, value }];
    })
    .sort((a, b) => shortfall(goal, a.value) - shortfall(goal, b.value))[0];
}

function valueOf(side: SideResult, figure: Goal["figure"]): number | undefined {
  if (figure === "seconds") return side.timing?.median;
  if (figure === "megabytes") return side.peakMegabytes;
  return side.foldScores?.[figure].value;
}

/** The part that should be small. */
function shortfall({ figure }: Goal, value: number): number {
  return figure in METRICS && METRICS[figure as MetricName].higherIsBetter ? 1 - value : value;
}
