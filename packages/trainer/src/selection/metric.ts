import type { ClassificationScores } from "@gillnet/entity";

/** What candidates are chosen by. */
export type SelectionMetric = "log_loss" | "roc_auc" | "accuracy" | "f1";

interface MetricEntry {
  readonly score: keyof ClassificationScores;
  readonly title: string;
  readonly lowerIsBetter: boolean;
}

/** The metrics by the names that parameters use. */
export const SELECTION_METRICS: Readonly<Record<SelectionMetric, MetricEntry>> = {
  log_loss: { score: "logLoss", title: "log loss", lowerIsBetter: true },
  roc_auc: { score: "rocAuc", title: "ROC AUC", lowerIsBetter: false },
  accuracy: { score: "accuracy", title: "accuracy", lowerIsBetter: false },
  f1: { score: "f1", title: "F1", lowerIsBetter: false },
};

/** The metric's value, and a number that is smaller the better it is. */
export function metricValue(metric: SelectionMetric, scores: ClassificationScores): number {
  return scores[SELECTION_METRICS[metric].score];
}

export function metricCost(metric: SelectionMetric, scores: ClassificationScores): number {
  const value = metricValue(metric, scores);
  return SELECTION_METRICS[metric].lowerIsBetter ? value : -value;
}
