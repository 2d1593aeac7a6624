import { canonicalPart } from "../../src/data/canonical-part.ts";

test("gives distinct rows with their weights, and says where each row went", () => {
  const matrix = { data: Float64Array.of(2, 1, 1, 0, 2, 0, 2, 1), rows: 4, cols: 2 };
  const rows = { data: Float64Array.of(1, 5, 1, 2, 6, 1, 3, 5, 2, 4, 5, 1), rows: 4, cols: 3 };
  const part = canonicalPart(matrix, rows, [{ kind: "numeric", name: "a" }], "training");
  expect(Array.from(part.x.data)).toEqual([1, 2]);
  expect(Array.from(part.indexOf)).toEqual([1, 0, 1, 1]);
  expect(part.targets).toEqual({ sum: Float64Array.of(0, 2), weight: Float64Array.of(1, 4) });
  expect(part.cells.groups).toBe(2);
});
