import { SeededRandom } from "@gillnet/entity";
import type { RowMajorF64 } from "@gillnet/entity";
import * as fc from "fast-check";
import type { KnnImputer } from "../src/bundle.ts";
import { imputeKnn } from "../src/impute.ts";

type Row = readonly number[];

/** An imputer over all columns of `rows`: the distinct ones in order of appearance, with their counts. */
function imputerOf(
  rows: readonly Row[],
  neighbors: number,
  weights: KnnImputer["weights"],
): KnnImputer {
  const width = rows[0]?.length ?? 0;
  const columns = Int32Array.from({ length: width }, (_, column) => column);
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.join(), (counts.get(row.join()) ?? 0) + 1);
  const distinct = [...counts.keys()].map((key) => key.split(",").map(Number));
  const means = Array.from(columns, (column) => {
    const cells = rows.map((row) => row[column] as number).filter((cell) => !Number.isNaN(cell));
    return cells.reduce((a, b) => a + b, 0) / cells.length;
  });
  return {
    kind: "knn",
    neighbors,
    weights,
    columns,
    donors: Float64Array.from(distinct.flat()),
    donorCounts: Float64Array.from(distinct, (row) => counts.get(row.join()) as number),
    means: Float64Array.from(means),
  };
}

/** The definition, word by word: every donor written out, all distances, a stable sort. */
function imputeSlowly(imputer: KnnImputer, query: Row): Row {
  const width = imputer.columns.length;
  const donors = Array.from(imputer.donorCounts, (count, donor) =>
    Array.from({ length: count }, () => [
      ...imputer.donors.subarray(donor * width, (donor + 1) * width),
    ]),
  ).flat();
  const distanceTo = (donor: Row): number => {
    const squares = query
      .map((cell, j) => (cell - (donor[j] as number)) ** 2)
      .filter((square) => !Number.isNaN(square));
    const sum = squares.reduce((a, b) => a + b, 0);
    return Math.sqrt((width / squares.length) * sum);
  };
  return query.map((cell, column) => {
    if (!Number.isNaN(cell)) return cell;
    const nearest = donors
      .map((donor) => ({ value: donor[column] as number, distance: distanceTo(donor) }))
      .filter(({ value, distance }) => !Number.isNaN(value) && !Number.isNaN(distance))
      // Rounded, so that what is equally far is so however the distance was computed.
      .sort((a, b) => Number((a.distance - b.distance).toFixed(12)))
      .slice(0, imputer.neighbors);
    if (nearest.length === 0) return imputer.means[column] as number;
    const zero = nearest.some(({ distance }) => distance === 0);
    const weightOf = (distance: number): number =>
      imputer.weights === "uniform" ? 1 : zero ? Number(distance === 0) : 1 / distance;
    const weights = nearest.map(({ distance }) => weightOf(distance));
    const total = weights.reduce((a, b) => a + b, 0);
    return nearest.reduce((sum, { value }, i) => sum + value * (weights[i] as number), 0) / total;
  });
}

function matrixOf(rows: readonly Row[]): RowMajorF64 {
  return { data: Float64Array.from(rows.flat()), rows: rows.length, cols: rows[0]?.length ?? 0 };
}

function rowsOf({ data, rows, cols }: RowMajorF64): readonly Row[] {
  return Array.from({ length: rows }, (_, row) => [...data.subarray(row * cols, (row + 1) * cols)]);
}

const NA = NaN;

describe("imputeKnn", () => {
  test("fills as scikit-learn's documentation shows", () => {
    const rows = [
      [1, 2, NA],
      [3, 4, 3],
      [NA, 6, 5],
      [8, 8, 7],
    ];
    const filled = imputeKnn(imputerOf(rows, 2, "uniform"), matrixOf(rows));
    expect(rowsOf(filled)).toEqual([
      [1, 2, 4],
      [3, 4, 3],
      [5.5, 6, 5],
      [8, 8, 7],
    ]);
  });

  test("does not touch its argument, and returns it when nothing is missing", () => {
    const imputer = imputerOf(
      [
        [1, 2],
        [3, 4],
      ],
      1,
      "uniform",
    );
    const complete = matrixOf([[5, 6]]);
    expect(imputeKnn(imputer, complete)).toBe(complete);
    const incomplete = matrixOf([[1, NA]]);
    expect(rowsOf(imputeKnn(imputer, incomplete))).toEqual([[1, 2]]);
    expect(rowsOf(incomplete)).toEqual([[1, NA]]);
  });

  test("leaves columns that are not the imputer's", () => {
    const imputer: KnnImputer = {
      ...imputerOf(
        [
          [1, 2],
          [3, 4],
        ],
        1,
        "uniform",
      ),
      columns: Int32Array.of(0, 2),
    };
    const filled = imputeKnn(
      imputer,
      matrixOf([
        [NA, NA, 4],
        [3, NA, NA],
        [1, NA, 2],
      ]),
    );
    expect(rowsOf(filled)).toEqual([
      [3, NA, 4],
      [3, NA, 4],
      [1, NA, 2],
    ]);
    const complete = matrixOf([[1, NA, 2]]);
    expect(imputeKnn(imputer, complete)).toBe(complete);
  });

  test("gives the mean to a row that shares no column with a donor", () => {
    const imputer = imputerOf(
      [
        [1, NA],
        [2, NA],
        [6, NA],
        [NA, 5],
      ],
      2,
      "distance",
    );
    expect(
      rowsOf(
        imputeKnn(
          imputer,
          matrixOf([
            [NA, NA],
            [NA, 5],
            [7, NA],
          ]),
        ),
      ),
    ).toEqual([
      [3, 5],
      [3, 5],
      [7, 5],
    ]);
  });

  test("among equally distant donors takes the lower index, wherever its cells stand in order", () => {
    const donors = [
      [3, 40],
      [1, 20],
      [-1, 10],
      [1, 30],
    ];
    const fill = (neighbors: number, cell: number) =>
      imputeKnn(imputerOf(donors, neighbors, "uniform"), matrixOf([[cell, NA]])).data[1];
    // 0 is as far from -1 as from 1, and 2 as far from 1 as from 3.
    expect([fill(1, 0), fill(1, 2)]).toEqual([20, 40]);
    expect([fill(2, 0), fill(2, 2)]).toEqual([15, 30]);
    expect([fill(3, 0), fill(3, 2)]).toEqual([20, 30]);
  });

  test("a donor that stands for several rows fills several places, and no more than there are", () => {
    const rows = [
      [0, 10],
      [0, 10],
      [1, 40],
      [9, 0],
    ];
    expect(rowsOf(imputeKnn(imputerOf(rows, 3, "uniform"), matrixOf([[0, NA]])))).toEqual([
      [0, 20],
    ]);
    expect(rowsOf(imputeKnn(imputerOf(rows, 1, "uniform"), matrixOf([[0, NA]])))).toEqual([
      [0, 10],
    ]);
    const many = { ...imputerOf(rows, 3, "uniform"), donorCounts: Float64Array.of(5, 1, 1) };
    expect(rowsOf(imputeKnn(many, matrixOf([[0, NA]])))).toEqual([[0, 10]]);
  });

  test("with distance weights only donors at distance zero count when there are any", () => {
    const rows = [
      [0, 10],
      [0, 30],
      [1, 100],
      [2, 400],
    ];
    const imputer = imputerOf(rows, 3, "distance");
    expect(rowsOf(imputeKnn(imputer, matrixOf([[0, NA]])))).toEqual([[0, 20]]);
    // From -1: 10 and 30 at 1, 100 at 2.
    expect(rowsOf(imputeKnn(imputer, matrixOf([[-1, NA]])))).toEqual([[-1, 36]]);
  });

  test.each(["uniform", "distance"] as const)(
    "equals the definition on three-valued rows, %s",
    (weights) => {
      const random = new SeededRandom(7);
      const draw = (rows: number, cols: number, share: number): readonly Row[] =>
        Array.from({ length: rows }, () =>
          Array.from({ length: cols }, () =>
            random.uniform() < share ? NA : random.integer(3) - 1,
          ),
        );
      for (const [cols, share, neighbors] of [
        [3, 0.3, 3],
        [6, 0.1, 1],
        [8, 0.5, 5],
        [30, 0.05, 3],
      ] as const) {
        const imputer = imputerOf(draw(150, cols, share), neighbors, weights);
        const queries = draw(40, cols, Math.max(share, 0.2));
        const filled = rowsOf(imputeKnn(imputer, matrixOf(queries)));
        for (const [i, query] of queries.entries()) {
          const expected = imputeSlowly(imputer, query);
          expected.forEach((cell, j) => expect(filled[i]?.[j]).toBeCloseTo(cell, 12));
        }
      }
    },
  );

  test("equals the definition on any small table", () => {
    const cell = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constant(NA));
    const tables = fc.integer({ min: 1, max: 4 }).chain((cols) => {
      const row = fc.array(cell, { minLength: cols, maxLength: cols });
      return fc.record({
        // Every column has a value: one without is never the imputer's.
        full: fc.array(fc.integer({ min: -2, max: 2 }), { minLength: cols, maxLength: cols }),
        donors: fc.array(row, { maxLength: 12 }),
        queries: fc.array(row, { minLength: 1, maxLength: 6 }),
        neighbors: fc.integer({ min: 1, max: 5 }),
        weights: fc.constantFrom("uniform" as const, "distance" as const),
      });
    });
    fc.assert(
      fc.property(tables, ({ full, donors, queries, neighbors, weights }) => {
        const imputer = imputerOf([full, ...donors], neighbors, weights);
        const filled = rowsOf(imputeKnn(imputer, matrixOf(queries)));
        for (const [i, query] of queries.entries()) {
          const expected = imputeSlowly(imputer, query);
          expected.forEach((value, j) => expect(filled[i]?.[j]).toBeCloseTo(value, 12));
        }
      }),
      { seed: 42, numRuns: 300 },
    );
  });

  test("a row's answer does not depend on the rows beside it", () => {
    const random = new SeededRandom(11);
    const rows = Array.from({ length: 60 }, () =>
      Array.from({ length: 5 }, () => (random.uniform() < 0.3 ? NA : random.integer(4))),
    );
    const imputer = imputerOf(rows.slice(0, 40), 3, "distance");
    const together = rowsOf(imputeKnn(imputer, matrixOf(rows)));
    expect(rows.map((row) => rowsOf(imputeKnn(imputer, matrixOf([row])))[0])).toEqual(together);
  });
});
