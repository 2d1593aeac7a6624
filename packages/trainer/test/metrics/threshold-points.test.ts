import { SeededRandom } from "@gillnet/entity";

import { confusionOf, scoresOfCounts } from "../../src/metrics/confusion.ts";
import { thresholdPoints } from "../../src/metrics/threshold-points.ts";
import { targetsOf } from "../random-table.ts";

const random = new SeededRandom(6);
const labels = Array.from({ length: 500 }, () => random.integer(2));
const targets = targetsOf(labels);

test("each point is what its threshold gives, from the strictest to the mildest", () => {
  const probability = Float64Array.from(labels, () => random.integer(20) / 20);
  const points = thresholdPoints(probability, targets, 200);
  expect(points.length).toBe(20);
  expect(points.map((point) => point.threshold)).toEqual(
    [...new Set(probability)].sort((a, b) => b - a),
  );
  for (const { threshold, ...shares } of points) {
    const { recall, falsePositiveRate, precision } = scoresOfCounts(
      confusionOf(probability, targets, threshold),
    );
    expect(shares).toEqual({ recall, falsePositiveRate, precision });
  }
});

test("of very many points some are kept, both ends among them", () => {
  const probability = Float64Array.from(labels, () => random.uniform());
  const points = thresholdPoints(probability, targets, 50);
  expect(points.length).toBe(50);
  expect(points[0]?.threshold).toBe(Math.max(...probability));
  expect(points[49]).toMatchObject({ threshold: Math.min(...probability), recall: 1 });
});

test("rows of weight 0 make no point", () => {
  const none = { sum: Float64Array.of(1, 0, 0), weight: Float64Array.of(1, 1, 0) };
  expect(thresholdPoints(Float64Array.of(0.9, 0.1, 0.5), none, 10).length).toBe(2);
});
