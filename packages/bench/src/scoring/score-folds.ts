/** The figures that models are compared by, in the order of tables. */
export const METRICS = {
  accuracy: { title: "accuracy", higherIsBetter: true },
  rocAuc: { title: "ROC AUC", higherIsBetter: true },
  logLoss: { title: "log loss", higherIsBetter: false },
  recallAt1Percent: { title: "recall at 1 % FPR", higherIsBetter: true },
  recallAt01Percent: { title: "recall at 0.1 % FPR", higherIsBetter: true },
} as const;

export type MetricName = keyof typeof METRICS;

export const METRIC_NAMES: readonly MetricName[] = Object.keys(METRICS) as MetricName[];

/** A figure with its standard error over folds. */
export interface FoldScore {
  readonly value: number;
  readonly standardError: number;
}

export type FoldScores = Readonly<Record<MetricName, FoldScore>>;

/** Probabilities are kept this far from 0 and 1: one sure mistake costs 13.8. */
const CLIP = 1e-6;

/**
 * Scores out-of-fold probabilities. Accuracy (at one half), area and log loss are means over folds. Recalls are read
 * off the ROC curve of all folds together: the highest one whose false-positive rate is within the bound. Standard
 * errors are the jackknife's, one fold left out at a time, which for a mean is the usual one.
 *
 * @param probability of the positive class, one a row
 * @param labels 1 positive, 0 negative
 * @param folds 0 to k - 1, each with both classes
 */
export function scoreFolds(
  probability: Float64Array,
  labels: Uint8Array,
  folds: Uint8Array,
): FoldScores {
  const count = Math.max(...folds) + 1;
  const parts = Array.from({ length: count }, (_, fold) =>
    partOf(probability, labels, (row) => folds[row] === fold),
  );
  const mean = (score: (part: Part) => number): FoldScore => {
    const values = parts.map(score);
    return jackknife(
      average(values),
      values.map((_, fold) => average(values.toSpliced(fold, 1))),
    );
  };
  const pooled = (bound: number): FoldScore =>
    jackknife(
      recallAtFalsePositiveRate({ probability, labels }, bound),
      parts.map((_, fold) =>
        recallAtFalsePositiveRate(
          partOf(probability, labels, (row) => folds[row] !== fold),
          bound,
        ),
      ),
    );
  return {
    accuracy: mean(accuracy),
    rocAuc: mean(rocAuc),
    logLoss: mean(logLoss),
    recallAt1Percent: pooled(0.01),
    recallAt01Percent: pooled(0.001),
  };
}

interface Part {
  readonly probability: Float64Array;
  readonly labels: Uint8Array;
}

function partOf(
  probability: Float64Array,
  labels: Uint8Array,
  takes: (row: number) => boolean,
): Part {
  const takesRow = (_: number, row: number): boolean => takes(row);
  return { probability: probability.filter(takesRow), labels: labels.filter(takesRow) };
}

function accuracy({ probability, labels }: Part): number {
  let right = 0;
  probability.forEach((p, row) => {
    if (p >= 0.5 === (labels[row] === 1)) right++;
  });
  return right / labels.length;
}

function logLoss({ probability, labels }: Part): number {
  let loss = 0;
  probability.forEach((p, row) => {
    const kept = Math.min(1 - CLIP, Math.max(CLIP, p));
    loss -= Math.log(labels[row] === 1 ? kept : 1 - kept);
  });
  return loss / labels.length;
}

/** The share of (positive, negative) pairs in the right order; a tie counts half. */
function rocAuc(part: Part): number {
  let area = 0;
  let last = { truePositive: 0, falsePositive: 0 };
  for (const point of rocPoints(part)) {
    area +=
      ((point.falsePositive - last.falsePositive) * (point.truePositive + last.truePositive)) / 2;
    last = point;
  }
  return area / (last.truePositive * last.falsePositive);
}

function recallAtFalsePositiveRate(part: Part, bound: number): number {
  const points = rocPoints(part);
  const { truePositive: positives, falsePositive: negatives } = points.at(-1) as RocPoint;
  let best = 0;
  for (const { truePositive, falsePositive } of points) {
    if (falsePositive <= bound * negatives) best = truePositive;
  }
  return best / positives;
}

interface RocPoint {
  readonly truePositive: number;
  readonly falsePositive: number;
}

/** Rows of at least a probability, for each distinct one from the highest down: the last point has all rows. */
function rocPoints({ probability, labels }: Part): readonly RocPoint[] {
  const order = Int32Array.from(probability.keys()).sort(
    (a, b) => (probability[b] as number) - (probability[a] as number),
  );
  const points: RocPoint[] = [];
  let truePositive = 0;
  let falsePositive = 0;
  order.forEach((row, at) => {
    if (labels[row] === 1) truePositive++;
    else falsePositive++;
    const next = order[at + 1];
    if (next !== undefined && probability[next] === probability[row]) return;
    points.push({ truePositive, falsePositive });
  });
  return points;
}

/** A figure with the standard error that the figures without each part give it. */
function jackknife(value: number, without: readonly number[]): FoldScore {
  const mean = average(without);
  const squares = without.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const k = without.length;
  return { value, standardError: Math.sqrt((squares * (k - 1)) / k) };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
