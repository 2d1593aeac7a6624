import { SeededRandom } from "@gillnet/entity";
import { preprocess } from "@gillnet/model-bundle";
import { knnImputer } from "../../src/missing/knn-imputer.ts";
import { predictMissing, WAYS } from "../../src/missing/predict-missing.ts";
import type { MissingPlan } from "../../src/missing/predict-missing.ts";

/** One column that nearly tells the class, and four that are right three times out of four. */
const random = new SeededRandom(3);
const rows = 600;
const y = Uint8Array.from({ length: rows }, () => random.integer(2));
const x = new Float64Array(rows * 5);
for (let at = 0; at < x.length; at++) {
  const label = y[Math.floor(at / 5)] as number;
  x[at] = random.uniform() < (at % 5 === 0 ? 0.95 : 0.75) ? label : 1 - label;
}
const table = { x, y, cols: 5 };
const folds = Uint8Array.from({ length: rows }, (_, row) => row % 3);
const plan: MissingPlan = {
  family: "hist_gradient_boosting",
  params: { n_estimators: 30, max_depth: 3 },
  masking: { mask_copies: 30 },
  maskGroups: [],
  scenarios: [[], [0]],
  seed: 1,
  threads: 1,
};

test("masked training comes near the bound where the strong column is gone, the others do not", async () => {
  const shares: number[] = [];
  const { signal } = new AbortController();
  const answers = await predictMissing(table, folds, plan, signal, (share) => shares.push(share));
  expect(shares).toEqual([1 / 3, 2 / 3, 1]);
  const right = answers.map((ways) =>
    Object.fromEntries(
      WAYS.map((way) => [
        way,
        y.filter((label, row) => (ways[way][row] as number) >= 0.5 === (label === 1)).length / rows,
      ]),
    ),
  );
  const [complete, gone] = right as [Record<string, number>, Record<string, number>];
  expect(complete["filled"]).toBe(complete["plain"]);
  expect(complete["without"]).toBe(complete["plain"]);
  expect(complete["plain"]).toBeGreaterThan(0.92);
  expect(gone["masked"]).toBeGreaterThan(0.75);
  expect(gone["masked"]).toBeGreaterThan((gone["without"] as number) - 0.05);
  expect(gone["masked"]).toBeGreaterThan((gone["plain"] as number) + 0.05);
}, 60_000);

test("the imputer has each distinct row once, with its copies, and fills from the nearest", () => {
  const small = {
    x: Float64Array.of(0, 0, 0, 0, 0, 0, 4, 8),
    y: Uint8Array.of(0, 1, 0, 1),
    cols: 2,
  };
  const imputer = knnImputer(small, 1);
  expect(Array.from(imputer.donorCounts).sort()).toEqual([1, 3]);
  expect(imputer.means).toEqual(Float64Array.of(1, 2));
  const gap = { data: Float64Array.of(0.1, NaN), rows: 1, cols: 2 };
  expect(preprocess({ imputer }, gap).data[1]).toBe(0);
});
