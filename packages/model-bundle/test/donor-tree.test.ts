import { SeededRandom } from "@gillnet/entity";
import type { KnnImputer } from "../src/bundle.ts";
import { donorTree } from "../src/donor-tree.ts";

const NA = NaN;

function imputerOf(rows: readonly (readonly number[])[]): KnnImputer {
  const width = rows[0]?.length ?? 0;
  return {
    kind: "knn",
    neighbors: 1,
    weights: "uniform",
    columns: Int32Array.from({ length: width }, (_, column) => column),
    donors: Float64Array.from(rows.flat()),
    donorCounts: new Float64Array(rows.length).fill(1),
    means: new Float64Array(width),
  };
}

test("orders donors by their cells, missing last, and says where each branches off", () => {
  const tree = donorTree(
    imputerOf([
      [NA, 1, 1],
      [0, 1, NA],
      [0, 0, 2],
      [0, 1, 0],
      [0, NA, 5],
      [0, 0, 0],
    ]),
  );
  expect([...tree.donors]).toEqual([5, 2, 3, 1, 4, 0]);
  expect([...tree.cells]).toEqual([0, 0, 0, 0, 0, 2, 0, 1, 0, 0, 1, NA, 0, NA, 5, NA, 1, 1]);
  expect([...tree.common]).toEqual([0, 2, 1, 2, 1, 0]);
  expect([...tree.branch]).toEqual([6, 2, 5, 4, 5, 6]);
});

test("is made once for an imputer", () => {
  const imputer = imputerOf([[1], [0]]);
  expect(donorTree(imputer)).toBe(donorTree(imputer));
  expect(donorTree(imputerOf([[1], [0]]))).not.toBe(donorTree(imputer));
});

test("branches lead to the next position that shares fewer columns", () => {
  const random = new SeededRandom(4);
  const rows = Array.from({ length: 200 }, () => [0, 1, 2, 3].map(() => random.integer(3)));
  const { common, branch } = donorTree(imputerOf(rows));
  branch.forEach((next, position) => {
    const fewer = common.findIndex(
      (shared, other) => other > position && shared < (common[position] as number),
    );
    expect(next).toBe(fewer === -1 ? rows.length : fewer);
  });
});
