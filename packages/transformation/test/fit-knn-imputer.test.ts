import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SeededRandom } from "@gillnet/entity";
import type { RowMajorF64 } from "@gillnet/entity";
import { preprocess } from "@gillnet/model-bundle";
import { fitKnnImputer } from "../src/fit-knn-imputer.ts";
import type { KnnParams } from "../src/params.ts";

const NA = NaN;
const PARAMS: KnnParams = { neighbors: 3, weights: "uniform", maximum_donors: null };

function matrixOf(rows: readonly (readonly (number | null)[])[]): RowMajorF64 {
  const data = Float64Array.from(rows.flat(), (cell) => cell ?? NaN);
  return { data, rows: rows.length, cols: rows[0]?.length ?? 0 };
}

function fit(
  rows: readonly (readonly (number | null)[])[],
  params: Partial<KnnParams> = {},
  weights: readonly number[] = rows.map(() => 1),
) {
  const columns = (rows[0] ?? []).map((_, column) => column);
  return fitKnnImputer(
    matrixOf(rows),
    Float64Array.from(weights),
    columns,
    { ...PARAMS, ...params },
    new SeededRandom(1),
  );
}

describe("parity with scikit-learn", () => {
  interface Case {
    readonly name: string;
    readonly neighbors: number;
    readonly weights: KnnParams["weights"];
    readonly train: readonly (readonly (number | null)[])[];
    readonly test: readonly (readonly (number | null)[])[];
    readonly filled: readonly (readonly (number | null)[])[];
  }
  const fixture = JSON.parse(
    readFileSync(join(import.meta.dirname, "fixtures", "knn-imputer.json"), "utf8"),
  ) as { readonly cases: readonly Case[] };

  // Both sum doubles, in different orders: 1e-12 of the value is what rounding may differ by.
  test.each(fixture.cases.map((each) => [each.name, each] as const))("%s", (_name, each) => {
    const { imputer } = fit(each.train, each);
    const filled = preprocess({ imputer }, matrixOf(each.test)).data;
    const expected = matrixOf(each.filled).data;
    expected.forEach((cell, i) => {
      if (Number.isNaN(cell)) expect(filled[i]).toBeNaN();
      else
        expect(Math.abs((filled[i] as number) - cell)).toBeLessThan(1e-12 * (1 + Math.abs(cell)));
    });
  });
});

/** The donors, each as its cells and its count, in ascending order of the text. */
function donorsOf({ imputer }: ReturnType<typeof fit>): readonly string[] {
  const width = imputer.columns.length;
  return Array.from(
    imputer.donorCounts,
    (count, i) => `${imputer.donors.subarray(i * width, (i + 1) * width).join()} x ${count}`,
  ).sort();
}

test("keeps the distinct rows that have a value, their counts and the columns' means", () => {
  const fitted = fit([
    [2, NA],
    [1, 5],
    [2, NA],
    [2, 3],
    [NA, NA],
  ]);
  expect(donorsOf(fitted)).toEqual(["1,5 x 1", "2,3 x 1", "2,NaN x 2"]);
  expect([...fitted.imputer.means]).toEqual([7 / 4, 4]);
  expect(fitted.distinctRows).toBe(3);
  expect(fitted.emptyColumns).toEqual([]);
});

test("the order of donors, which settles ties, does not favour low values", () => {
  const rows = Array.from({ length: 1000 }, (_, row) => [row % 2, row]);
  const { imputer } = fit(rows);
  const firsts = imputer.donors.filter((_, i) => i % 2 === 0 && i < 400);
  const share = firsts.reduce((a, b) => a + b, 0) / firsts.length;
  expect(share).toBeGreaterThan(0.4);
  expect(share).toBeLessThan(0.6);
});

test("leaves out columns without a value", () => {
  const { imputer, emptyColumns } = fit([
    [NA, 1, NA, 2],
    [NA, 3, NA, 4],
  ]);
  expect([...imputer.columns]).toEqual([1, 3]);
  expect(emptyColumns).toEqual([0, 2]);
  expect([...preprocess({ imputer }, matrixOf([[NA, 1, 9, NA]])).data]).toEqual([NA, 1, 9, 3]);
});

test("a table without any value gives an imputer without columns", () => {
  const { imputer, distinctRows, emptyColumns } = fit([[NA], [NA]]);
  expect(imputer.columns).toHaveLength(0);
  expect(imputer.donorCounts).toHaveLength(0);
  expect(distinctRows).toBe(0);
  expect(emptyColumns).toEqual([0]);
});

function threeValued(random: SeededRandom, rows: number): number[][] {
  return Array.from({ length: rows }, () =>
    Array.from({ length: 4 }, () => (random.uniform() < 0.2 ? NA : random.integer(3) - 1)),
  );
}

test("whole weights are copies, to the last bit", () => {
  const random = new SeededRandom(5);
  const rows = threeValued(random, 60);
  const weights = rows.map(() => 1 + random.integer(4));
  const expanded = rows.flatMap((row, i) => Array.from({ length: weights[i] ?? 0 }, () => row));
  expect(fit(rows, {}, weights)).toEqual(fit(expanded));
});

test("with other weights each row counts once", () => {
  const rows = threeValued(new SeededRandom(6), 30);
  expect(
    fit(
      rows,
      {},
      rows.map((_, i) => i / 7 + 0.1),
    ),
  ).toEqual(fit(rows));
});

test("the order of rows does not matter, even when donors are drawn", () => {
  const rows = threeValued(new SeededRandom(8), 200);
  for (const maximum_donors of [null, 10]) {
    const straight = fit(rows, { maximum_donors });
    expect(fit(rows.toReversed(), { maximum_donors })).toEqual(straight);
    expect(straight.imputer.donorCounts).toHaveLength(maximum_donors ?? straight.distinctRows);
  }
});

test("drawn donors are some of all, with their counts, and the means are those of all rows", () => {
  const rows = threeValued(new SeededRandom(9), 200);
  const all = fit(rows);
  const drawn = fit(rows, { maximum_donors: 12 });
  expect(drawn.imputer.means).toEqual(all.imputer.means);
  expect(drawn.distinctRows).toBe(all.distinctRows);
  expect(donorsOf(all)).toEqual(expect.arrayContaining([...donorsOf(drawn)]));
  expect(new Set(donorsOf(drawn)).size).toBe(12);
});
