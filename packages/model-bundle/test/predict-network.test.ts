import * as fc from "fast-check";
import { SeededRandom } from "@gillnet/entity";
import type { InputFeature, NetworkModel } from "../src/bundle.ts";
import { predictNetwork } from "../src/predict-network.ts";
import { randomMatrix, randomNetwork } from "./random-bundle.ts";
import { NETWORK_MODEL } from "./sample-bundle.ts";

const FEATURES: readonly InputFeature[] = [
  { kind: "numeric", name: "a" },
  { kind: "categorical", name: "b", categories: ["x", "y", "z"] },
  { kind: "categorical", name: "c", categories: ["x"] },
  { kind: "numeric", name: "d" },
];

/** What a column's unit is for a cell, as bundle.ts words it. */
function unitOf(model: NetworkModel, column: number, unit: number, x: number): number {
  if (Number.isNaN(x)) return 0;
  if (FEATURES[column]?.kind === "categorical") {
    return x === unit - (model.unitStart[column] as number) ? 1 : 0;
  }
  const scale = model.scale[column] as number;
  if (scale === 0) return x === model.unitValue[unit] ? 1 : 0;
  const scaled = (x - (model.center[column] as number)) / scale;
  return Math.min(1e30, Math.max(-1e30, scaled));
}

/** One row, output by output. */
function predictNaively(model: NetworkModel, row: Float64Array): number {
  let inputs: number[] = [];
  for (let column = 0; column < row.length; column++) {
    const end = model.unitStart[column + 1] as number;
    for (let unit = model.unitStart[column] as number; unit < end; unit++) {
      inputs.push(unitOf(model, column, unit, row[column] as number));
    }
  }
  model.layers.forEach(({ weights, bias }, layer) => {
    inputs = Array.from(bias, (start, o) => {
      let output = start;
      inputs.forEach((input, i) => {
        const read = layer === 0 ? input : Math.max(0, input);
        output += read * (weights[i * bias.length + o] as number);
      });
      return output;
    });
  });
  return 1 / (1 + Math.exp(-(inputs[0] as number)));
}

/** A number for a cell, extreme ones among them. */
function randomNumber(random: SeededRandom): number {
  return [random.integer(5) - 2, random.uniform(), 1e308, Infinity, -Infinity][
    random.integer(5)
  ] as number;
}

test("equals the definition, to the last bit, alone and in a batch", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = new SeededRandom(seed);
      const model = randomNetwork(random, FEATURES);
      const matrix = randomMatrix(random, FEATURES, randomNumber, random.integer(20));
      const answers = predictNetwork(model, matrix);
      for (let row = 0; row < matrix.rows; row++) {
        const data = matrix.data.slice(row * matrix.cols, (row + 1) * matrix.cols);
        expect(answers[row]).toBe(predictNaively(model, data));
        expect(predictNetwork(model, { data, rows: 1, cols: matrix.cols })[0]).toBe(answers[row]);
      }
    }),
    { numRuns: 200 },
  );
});

function predict(...cells: number[]): number {
  const data = Float64Array.from(cells);
  return predictNetwork(NETWORK_MODEL, { data, rows: 1, cols: 3 })[0] as number;
}

test("scales numbers, tells categories and values apart, and cuts between layers", () => {
  // Units 1, NL, 1: 0.5 - 1.5 - 0.5 - 2 is cut to 0; -0.25 + 0.5 + 2 + 1.25 = 3.5.
  expect(predict(38.75, 1, 1)).toBe(1 / (1 + Math.exp(0.125 + 1.5 * 3.5)));
});

test("a missing cell and a value without a unit say nothing", () => {
  expect(predict(NaN, NaN, NaN)).toBe(1 / (1 + Math.exp(0.125 - 2 * 0.5)));
  expect(predict(26.5, NaN, 0.5)).toBe(predict(NaN, NaN, NaN));
});
