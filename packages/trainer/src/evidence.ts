import type { ClassificationScores, ConfusionCounts, TrainerArtifact } from "@gillnet/entity";

import type { RowTargets } from "./engine/dtypes.ts";
import { scoresOfCounts, swapClasses } from "./metrics/confusion.ts";
import { thresholdPoints } from "./metrics/threshold-points.ts";
import type { ThresholdPoint } from "./metrics/threshold-points.ts";
import type { RankedCandidate } from "./selection/leaderboard.ts";

/** How the model does on the rows of one class of the test part. */
export interface ClassRow {
  readonly class: "positive" | "negative";
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Weight of the class's rows. */
  readonly support: number;
}

/** What evidence.json holds: the artifact without its files, and what stands behind its numbers. */
export interface Evidence extends Omit<TrainerArtifact, "leaderboard" | "files"> {
  /** Each entry with its scores fold by fold. */
  readonly leaderboard: readonly RankedCandidate[];
  readonly randomFoldScores: readonly ClassificationScores[];
  readonly testClasses: readonly ClassRow[];
  /** On the test part, from the strictest threshold to the mildest. */
  readonly testThresholds: readonly ThresholdPoint[];
}

/** Most points of the threshold curve. */
const THRESHOLD_POINTS = 200;

/** Puts the evidence together. `probability` and `targets` are those of the test part's distinct rows. */
export function composeEvidence(
  artifact: TrainerArtifact,
  leaderboard: readonly RankedCandidate[],
  randomFoldScores: readonly ClassificationScores[],
  probability: Float64Array,
  targets: RowTargets,
): Evidence {
  const { files: _files, ...rest } = artifact;
  const { confusion } = artifact.test;
  return {
    ...rest,
    leaderboard,
    randomFoldScores,
    testClasses: [classRow("positive", confusion), classRow("negative", swapClasses(confusion))],
    testThresholds: thresholdPoints(probability, targets, THRESHOLD_POINTS),
  };
}

function classRow(name: ClassRow["class"], counts: ConfusionCounts): ClassRow {
  const { precision, recall, f1 } = scoresOfCounts(counts);
  return {
    class: name,
    precision,
    recall,
    f1,
    support: counts.truePositive + counts.falseNegative,
  };
}
