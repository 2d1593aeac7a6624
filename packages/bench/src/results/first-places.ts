import type { SideResult } from "./bench-result.ts";
import { METRIC_NAMES, METRICS } from "../scoring/score-folds.ts";
import type { MetricName } from "../scoring/score-folds.ts";

/** How the mean of a side's models is called. */
export const AVERAGE = "average";

/** How that is called which the pipeline makes of Gillnet's: their average, with weights of its own. */
export const PUBLISHED = "weighted average";

/** Whether a result is a model's alone. */
export function isSingle({ model }: SideResult): boolean {
  return model !== AVERAGE && model !== PUBLISHED;
}

/** The best side on each metric; of equal ones the earlier. */
export function firstPlaces(sides: readonly SideResult[]): ReadonlyMap<MetricName, SideResult> {
  const places = new Map<MetricName, SideResult>();
  for (const metric of METRIC_NAMES) {
    const sign = METRICS[metric].higherIsBetter ? -1 : 1;
    let best = Infinity;
    for (const side of sides) {
      const value = side.foldScores?.[metric].value;
      if (value === undefined || sign * value >= best) continue;
      best = sign * value;
      places.set(metric, side);
    }
  }
  return places;
}
