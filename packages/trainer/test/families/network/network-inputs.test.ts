import { SeededRandom } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";

import { fillUnits, networkInputs } from "../../../src/families/network/network-inputs.ts";
import { randomTable } from "../../random-table.ts";

test("few values have a unit each, many are standardised, categories have a unit each", () => {
  const data = Array.from({ length: 20 }, (_, row) => [
    row % 2 === 0 ? -3 : 2,
    row,
    row % 3,
    row === 0 ? NaN : 7,
    NaN,
  ]).flat();
  const x = { data: Float64Array.from(data), rows: 20, cols: 5 };
  const features = [
    { kind: "numeric", name: "two values" },
    { kind: "numeric", name: "many values" },
    { kind: "categorical", name: "categories", categories: ["a", "b", "c", "d"] },
    { kind: "numeric", name: "one value" },
    { kind: "numeric", name: "missing" },
  ] as const;
  const rows = Int32Array.from({ length: 19 }, (_, row) => row);
  const inputs = networkInputs(x, features, rows, new Float64Array(20).fill(2));
  expect([...inputs.unitStart]).toEqual([0, 2, 3, 7, 8, 8]);
  expect([...inputs.unitValue]).toEqual([-3, 2, 0, 0, 0, 0, 0, 7]);
  expect([...inputs.center]).toEqual([0, 9, 0, 0, 0]);
  expect([...inputs.scale]).toEqual([0, Math.sqrt(30), 0, 0, 0]);

  const units = new Float32Array(16).fill(5);
  fillUnits(inputs, features, x, Int32Array.of(0, 14), units);
  const scaled = (value: number): number => Math.fround((value - 9) / Math.sqrt(30));
  expect([...units]).toEqual([1, 0, scaled(0), 1, 0, 0, 0, 0, 1, 0, scaled(14), 0, 0, 1, 0, 1]);
});

test("columns whose squares vanish or overflow have no unit", () => {
  for (const size of [1e-200, 1e200]) {
    const data = Float64Array.from({ length: 20 }, (_, row) => row * size);
    const x = { data, rows: 20, cols: 1 };
    const rows = Int32Array.from(data.keys());
    const weight = new Float64Array(20).fill(1);
    const inputs = networkInputs(x, [{ kind: "numeric", name: "a" }], rows, weight);
    expect([...inputs.unitStart, ...inputs.center, ...inputs.scale]).toEqual([0, 0, 0, 0]);
  }
});

test("the units are those that a prediction reads, also of values and cells that training lacked", () => {
  const random = new SeededRandom(21);
  const { x, features } = randomTable(
    300,
    [
      { kind: "numeric", levels: 16, missing: 0.2 },
      { kind: "categorical", levels: 9, missing: 0.2 },
      { kind: "numeric", levels: 200, missing: 0.2 },
      { kind: "categorical", levels: 1, missing: 0.2 },
      { kind: "numeric", levels: 1 },
    ],
    random,
  );
  const some = Int32Array.from({ length: 60 }, (_, row) => row);
  const inputs = networkInputs(x, features, some, new Float64Array(300).fill(1));
  const width = inputs.unitValue.length;
  const weights = Float64Array.from({ length: width }, () => random.uniform() - 0.5);
  const layers = [{ weights, bias: Float64Array.of(0.1) }];
  const answers = predictProbabilities({ kind: "network", ...inputs, layers }, x);

  const all = Int32Array.from({ length: 300 }, (_, row) => row);
  const units = new Float32Array(300 * width);
  fillUnits(inputs, features, x, all, units);
  for (const row of all) {
    const sum = weights.reduce((z, w, unit) => z + w * (units[row * width + unit] as number), 0.1);
    expect(answers[row]).toBeCloseTo(1 / (1 + Math.exp(-sum)), 6);
  }
});
