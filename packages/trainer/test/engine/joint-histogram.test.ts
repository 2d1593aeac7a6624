import { SeededRandom } from "@gillnet/entity";

import { buildHistogram, createHistogram } from "../../src/engine/histogram.ts";
import { JointHistogram } from "../../src/engine/joint-histogram.ts";
import { MANY_VALUES, fewValues } from "../column-recipes.ts";
import { randomTable, trainingSetOf } from "../random-table.ts";
import type { ColumnRecipe } from "../random-table.ts";

const few = fewValues(11);

test.each([
  ["few values a column", few],
  ["many values a column", MANY_VALUES],
  ["both", [...few, ...MANY_VALUES]],
])("%s: equals the histograms column by column, again and again", (_, recipes) => {
  const table = randomTable(500, recipes, new SeededRandom(4));
  const weights = Float64Array.from({ length: 500 }, (__, row) => 1 + (row % 3));
  const { binned, targets } = trainingSetOf(table, weights);
  const features = Int32Array.from(recipes.keys());
  const rows = Int32Array.from({ length: 500 }, (__, row) => (row * 7) % 500);
  const joint = new JointHistogram(binned);
  for (const [start, end] of [
    [0, 500],
    [20, 450],
    [3, 4],
    [9, 9],
  ] as const) {
    const wanted = createHistogram(binned);
    buildHistogram(binned, targets, features, features.length, rows, start, end, wanted);
    const histogram = createHistogram(binned).fill(-1);
    joint.build(targets, rows, start, end, histogram);
    expect(histogram).toEqual(wanted);
  }
});

test("it is worth its while from some number of rows on where columns share bytes, else never", () => {
  const joint = (recipes: readonly ColumnRecipe[]): JointHistogram =>
    new JointHistogram(trainingSetOf(randomTable(400, recipes, new SeededRandom(4))).binned);
  expect(joint(few).worthFrom).toBeLessThan(200);
  expect(joint([{ kind: "numeric", levels: 400 }]).worthFrom).toBe(Infinity);
});
