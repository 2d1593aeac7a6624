import type { MetricName } from "../scoring/score-folds.ts";

/**
 * What Gillnet wants to reach, as how many times better than a peer. A ratio of seconds or of memory is the peer's by
 * Gillnet's. A ratio of quality is that of what is wrong: the share of errors, the area above the curve, the loss, the
 * positives missed; the best of each side counts.
 */
export interface Goal {
  readonly id: string;
  readonly title: string;
  /** The name of the result that tells. */
  readonly result: string;
  readonly figure: "seconds" | "megabytes" | MetricName;
  /** A library, or the best of all peers. */
  readonly peer: string;
  readonly goal: number;
  /** Below it, something is wrong. */
  readonly floor: number;
}

const fit = (name: string, title: string, peer: string, goal: number, floor: number): Goal => ({
  id: `fit-${name}`,
  title,
  result: `train-${name}`,
  figure: "seconds",
  peer,
  goal,
  floor,
});

const quality = (protocol: string, figure: MetricName, title: string): Goal => ({
  id: `quality-${protocol}-${figure}`,
  title: `${title}, ${protocol} folds`,
  result: `quality-${protocol}`,
  figure,
  peer: "best",
  goal: 1,
  // About one standard error over the folds.
  floor: 0.95,
});

const SCALE = "1,000,000 rows, histogram boosting 256 x depth 6";

/** A line a goal. */
export const GOALS: readonly Goal[] = [
  fit("grid", "the original's whole training job", "scikit-learn", 40, 20),
  fit("tree", "decision tree", "scikit-learn", 1, 0.5),
  fit("forest", "random forest, 256 trees", "scikit-learn", 4, 2),
  fit("boosting", "gradient boosting, 256 x depth 3", "scikit-learn", 10, 6),
  fit("adaboost", "AdaBoost, 256 stumps", "scikit-learn", 5, 3),
  fit("hist", "histogram boosting, 256 x depth 6", "xgboost", 1, 0.7),
  {
    id: "scale-three-valued",
    title: `${SCALE}: seconds on columns of two and three values`,
    result: "scale-three-valued-hist-1000000",
    figure: "seconds",
    peer: "best",
    goal: 6,
    floor: 4,
  },
  {
    id: "scale-continuous",
    title: `${SCALE}: seconds on continuous columns`,
    result: "scale-continuous-hist-1000000",
    figure: "seconds",
    peer: "best",
    goal: 1,
    floor: 0.8,
  },
  {
    id: "scale-memory",
    title: `${SCALE}: peak memory on continuous columns`,
    result: "scale-continuous-hist-1000000",
    figure: "megabytes",
    peer: "xgboost",
    goal: 2,
    floor: 1,
  },
  {
    id: "scale-memory-three-valued",
    title: `${SCALE}: peak memory on columns of two and three values`,
    result: "scale-three-valued-hist-1000000",
    figure: "megabytes",
    peer: "xgboost",
    goal: 2,
    floor: 1,
  },
  {
    id: "scale-forest-three-valued",
    title: "1,000,000 rows, random forest of 32 trees: seconds on columns of two and three values",
    result: "scale-three-valued-forest-1000000",
    figure: "seconds",
    peer: "scikit-learn",
    goal: 10,
    floor: 4,
  },
  {
    id: "scale-forest-continuous",
    title: "1,000,000 rows, random forest of 32 trees: seconds on continuous columns",
    result: "scale-continuous-forest-1000000",
    figure: "seconds",
    peer: "scikit-learn",
    goal: 15,
    floor: 8,
  },
  ...["grouped", "random"].flatMap((protocol) => [
    quality(protocol, "accuracy", "accuracy"),
    quality(protocol, "rocAuc", "ROC AUC"),
    quality(protocol, "logLoss", "log loss"),
    quality(protocol, "recallAt1Percent", "recall at 1 % FPR"),
    quality(protocol, "recallAt01Percent", "recall at 0.1 % FPR"),
  ]),
];
