import type { Preprocessor } from "@gillnet/model-bundle";
import { fillPart } from "../src/fill-part.ts";

const NA = NaN;
const KNN: Preprocessor = {
  imputer: {
    kind: "knn",
    neighbors: 1,
    weights: "uniform",
    columns: Int32Array.of(0, 1),
    donors: Float64Array.of(1, 10, 2, 20),
    donorCounts: Float64Array.of(1, 1),
    means: Float64Array.of(1.5, 15),
  },
};
const signal = new AbortController().signal;

test("fills what the preprocessor fills, and counts the cells", async () => {
  const inputs = { data: Float64Array.of(NA, 11, NA, 2, NA, NA, 5, 5, 5), rows: 3, cols: 3 };
  const filled = await fillPart(KNN, inputs, () => {}, signal);
  expect(filled).toEqual({
    matrix: { data: Float64Array.of(1, 11, NA, 2, 20, NA, 5, 5, 5), rows: 3, cols: 3 },
    filledCells: 2,
    filledRows: 2,
    missingCells: 2,
  });
  expect(inputs.data[0]).toBeNaN();
});

test("goes a piece at a time, and the pieces fit together", async () => {
  const rows = 2500;
  const data = Float64Array.from({ length: rows * 2 }, (_, i) => (i % 6 === 1 ? NA : 1 + (i % 4)));
  const done: number[] = [];
  const filled = await fillPart(KNN, { data, rows, cols: 2 }, (n) => done.push(n), signal);
  expect(done).toEqual([1024, 2048, 2500]);
  expect(filled.filledRows).toBe(Math.ceil(rows / 3));
  filled.matrix.data.forEach((cell, i) => {
    const before = data[i] as number;
    expect(cell).toBe(Number.isNaN(before) ? 10 * Math.min(2, data[i - 1] as number) : before);
  });
});

test("stops soon after it is told to", async () => {
  const controller = new AbortController();
  const inputs = { data: new Float64Array(5000), rows: 5000, cols: 1 };
  const stop = (): void => controller.abort({ code: "STOPPED" });
  await expect(
    fillPart({ imputer: { kind: "none" } }, inputs, stop, controller.signal),
  ).rejects.toEqual({ code: "STOPPED" });
});
