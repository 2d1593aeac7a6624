import type { SeededRandom } from "@gillnet/entity";

import type { Candidate } from "./candidates.ts";

/**
 * Draws some of the candidates without replacement, each as likely as the others whatever its family: as
 * scikit-learn's RandomizedSearchCV over lists. They stay in their order; all of them when there are no more.
 */
export function drawCandidates(
  candidates: readonly Candidate[],
  count: number,
  random: SeededRandom,
): readonly Candidate[] {
  const order = Int32Array.from(candidates.keys());
  random.shuffle(order);
  return Array.from(order.slice(0, count).sort(), (at) => candidates[at] as Candidate);
}
