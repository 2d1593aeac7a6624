import type { TrainerArtifact } from "@gillnet/entity";
import type { SeededRandom } from "@gillnet/entity";

import type { CanonicalPart } from "./data/canonical-part.ts";
import { bootstrapIntervals } from "./metrics/bootstrap-intervals.ts";
import { confusionOf, scoresOfCounts, swapClasses } from "./metrics/confusion.ts";
import { scorePredictions } from "./metrics/score-predictions.ts";

/** Samples behind the intervals. */
const REPLICATES = 1000;

/**
 * Scores the model's answers on the test part.
 *
 * @param probability of the positive class, one a distinct row of the part
 */
export function evaluateTest(
  part: CanonicalPart,
  probability: Float64Array,
  threshold: number,
  random: SeededRandom,
): TrainerArtifact["test"] {
  const scores = scorePredictions(probability, part.targets, threshold);
  const confusion = confusionOf(probability, part.targets, threshold);
  const { precision, recall, f1 } = scoresOfCounts(swapClasses(confusion));
  return {
    scores,
    intervals: bootstrapIntervals(probability, part.cells, threshold, scores, REPLICATES, random),
    confusion,
    negativeAsPositive: { precision, recall, f1 },
  };
}
