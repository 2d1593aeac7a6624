import { canonicalPart } from "../../src/data/canonical-part.ts";

test("gives distinct rows with their weights, and says where each row went", () => {
  const matrix = { data: Float64Array.of(2, 1, 1, 0, 2, 0, 2, 1), rows: 4, cols: 2 };
  const rows = { data: Float64Array.of(1, 5, 1, 2, 6, 1, 3, 5, 2, 4, 5, 1), rows: 4, cols: 3 };
  const part = canonicalPart(matrix, rows, [{ kind: "numeric", name: "a" }], "training");
  expect(Array.from(part.x.data).sort()).toEqual([1, 2]);
  expect(Array.from(part.indexOf, (row) => part.x.data[row])).toEqual([2, 1, 2, 2]);
  const one = part.x.data.indexOf(1);
  expect([part.targets.sum[one], part.targets.weight[one]]).toEqual([0, 1]);
  expect([part.targets.sum[1 - one], part.targets.weight[1 - one]]).toEqual([2, 4]);
  expect(part.cells.groups).toBe(2);
});
