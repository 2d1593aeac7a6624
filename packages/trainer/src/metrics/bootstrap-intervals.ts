import type { ClassificationScores, Estimate, SeededRandom } from "@gillnet/entity";

import type { GroupedCells } from "../data/grouped-cells.ts";
import { scoresOfCounts } from "./confusion.ts";
import { lossOfNegative, lossOfPositive } from "./log-loss.ts";
import { ascendingOrder } from "../engine/ascending-order.ts";
import { SCORE_NAMES } from "./score-predictions.ts";

/**
 * 95 % intervals of the scores: percentiles 2.5 and 97.5 over samples of the groups, drawn with replacement,
 * as many as there are. Rows of one group are drawn together, since they are no independent evidence.
 *
 * A sample that lacks a class counts for the scores that it still has. O(replicates * cells).
 *
 * @param probability one a distinct row
 * @param cells the rows, by group
 * @param scores the scores of the whole part: the estimates' values
 */
export function bootstrapIntervals(
  probability: Float64Array,
  cells: GroupedCells,
  threshold: number,
  scores: ClassificationScores,
  replicates: number,
  random: SeededRandom,
): Readonly<Record<keyof ClassificationScores, Estimate>> {
  const sorted = sortedCells(probability, cells);
  const times = new Float64Array(cells.groups);
  const samples = SCORE_NAMES.map(() => new Float64Array(replicates));
  for (let replicate = 0; replicate < replicates; replicate++) {
    times.fill(0);
    for (let draw = 0; draw < cells.groups; draw++) {
      const group = random.integer(cells.groups);
      times[group] = (times[group] as number) + 1;
    }
    const sample = scoreSample(sorted, times, threshold);
    SCORE_NAMES.forEach((name, i) => ((samples[i] as Float64Array)[replicate] = sample[name]));
  }
  const estimates = SCORE_NAMES.map((name, i): [string, Estimate] => {
    const values = (samples[i] as Float64Array).filter((value) => !Number.isNaN(value)).sort();
    return [
      name,
      { value: scores[name], low: percentile(values, 0.025), high: percentile(values, 0.975) },
    ];
  });
  return Object.fromEntries(estimates) as Record<keyof ClassificationScores, Estimate>;
}

/** The cells in ascending order of probability, with what every sample needs of them. */
interface SortedCells {
  readonly probability: Float64Array;
  readonly group: Int32Array;
  readonly positive: Float64Array;
  readonly negative: Float64Array;
  /** Log loss of the cell's whole weight. */
  readonly loss: Float64Array;
}

function sortedCells(probability: Float64Array, cells: GroupedCells): SortedCells {
  const ofCell = Float64Array.from(cells.vector, (vector) => probability[vector] as number);
  const order = ascendingOrder(ofCell);
  const weight = (cell: number): number =>
    (cells.unit[cell] as number) * (cells.copies[cell] as number);
  const take = (read: (cell: number) => number): Float64Array => Float64Array.from(order, read);
  return {
    probability: take((cell) => ofCell[cell] as number),
    group: order.map((cell) => cells.group[cell] as number),
    positive: take((cell) => (cells.label[cell] === 1 ? weight(cell) : 0)),
    negative: take((cell) => (cells.label[cell] === 0 ? weight(cell) : 0)),
    loss: take((cell) => {
      const p = ofCell[cell] as number;
      return weight(cell) * (cells.label[cell] === 1 ? lossOfPositive(p) : lossOfNegative(p));
    }),
  };
}

/** All scores in one pass; `times` says how often the sample holds each group. */
function scoreSample(
  { probability, group, positive, negative, loss }: SortedCells,
  times: Float64Array,
  threshold: number,
): ClassificationScores {
  let [truePositive, falsePositive, trueNegative, falseNegative] = [0, 0, 0, 0];
  let totalLoss = 0;
  let pairs = 0;
  let negativesBelow = 0;
  let tiedPositive = 0;
  let tiedNegative = 0;
  let last = NaN;
  for (let cell = 0; cell < probability.length; cell++) {
    const n = times[group[cell] as number] as number;
    const p = probability[cell] as number;
    const ofPositive = n * (positive[cell] as number);
    const ofNegative = n * (negative[cell] as number);
    if (p !== last) {
      pairs += tiedPositive * (negativesBelow + tiedNegative / 2);
      negativesBelow += tiedNegative;
      tiedPositive = 0;
      tiedNegative = 0;
      last = p;
    }
    tiedPositive += ofPositive;
    tiedNegative += ofNegative;
    totalLoss += n * (loss[cell] as number);
    if (p >= threshold) {
      truePositive += ofPositive;
      falsePositive += ofNegative;
    } else {
      falseNegative += ofPositive;
      trueNegative += ofNegative;
    }
  }
  pairs += tiedPositive * (negativesBelow + tiedNegative / 2);
  const positives = truePositive + falseNegative;
  const negatives = trueNegative + falsePositive;
  return {
    ...scoresOfCounts({ truePositive, falsePositive, trueNegative, falseNegative }),
    rocAuc: positives > 0 && negatives > 0 ? pairs / (positives * negatives) : NaN,
    logLoss: totalLoss / (positives + negatives),
  };
}

/** Linear interpolation between the two nearest of ascending `values`; NaN when there are none. */
function percentile(values: Float64Array, share: number): number {
  const at = share * (values.length - 1);
  const low = Math.floor(at);
  const below = values[low] ?? NaN;
  const above = values[Math.min(low + 1, values.length - 1)] ?? NaN;
  return below + (at - low) * (above - below);
}
