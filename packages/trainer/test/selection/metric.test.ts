import { metricCost, metricValue, SELECTION_METRICS } from "../../src/selection/metric.ts";
import type { SelectionMetric } from "../../src/selection/metric.ts";

const good = {
  accuracy: 0.9,
  precision: 0.9,
  recall: 0.9,
  f1: 0.9,
  falsePositiveRate: 0.1,
  rocAuc: 0.95,
  logLoss: 0.2,
};
const bad = {
  accuracy: 0.8,
  precision: 0.8,
  recall: 0.8,
  f1: 0.8,
  falsePositiveRate: 0.2,
  rocAuc: 0.85,
  logLoss: 0.4,
};

test.each(Object.keys(SELECTION_METRICS) as SelectionMetric[])(
  "better is cheaper: %s",
  (metric) => {
    expect(metricCost(metric, good)).toBeLessThan(metricCost(metric, bad));
    expect(Object.values(good)).toContain(metricValue(metric, good));
  },
);
