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
  floor: 0.95,
});

const SCALE = "1,000,000 rows, histogram boosting 256 x depth 6";

/** A line a goal. */
export const GOALS: readonly Goal[] = [
  fit("grid", "the original's whole training job", "scikit-learn", 30, 20),
  fit("tree", "decision tree", "scikit-learn", 1, 0.7),
  fit("forest", "random forest, 256 trees", "scikit-learn", 1.43, 1),
  fit("boosting", "gradient boosting, 256 x depth 3", "scikit-learn", 6.7, 3),
  fit("adaboost", "AdaBoost, 256 stumps", "scikit-learn", 6, 3),
  fit("hist", "histogram boosting, 256 x depth 6", "xgboost", 1, 0.7),
  {
    id: "scale-three-valued",
    title: `${SCALE}: seconds on columns of two and three values`,
    result: "scale-three-valued-hist-1000000",
    figure: "seconds",
    peer: "xgboost",
    goal: 6,
    floor: 4,
  },
  {
    id: "scale-continuous",
    title: `${SCALE}: seconds on continuous columns`,
    result: "scale-continuous-hist-1000000",
    figure: "seconds",
    peer: "xgboost",
    goal: 1.33,
    floor: 0.91,
  },
  {
    id: "scale-memory",
    title: `${SCALE}: peak memory on continuous columns`,
    result: "scale-continuous-hist-1000000",
    figure: "megabytes",
    peer: "xgboost",
    goal: 2.5,
    floor: 1.43,
  },
  ...["grouped", "random"].flatMap((protocol) => [
    quality(protocol, "accuracy", "accuracy"),
    quality(protocol, "rocAuc", "ROC AUC"),
    quality(protocol, "logLoss", "log loss"),
    quality(protocol, "recallAt1Percent", "recall at 1 % FPR"),
    quality(protocol, "recallAt01Percent", "recall at 0.1 % FPR"),
  ]),
];
