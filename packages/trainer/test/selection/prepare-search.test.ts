import { SeededRandom } from "@gillnet/entity";

import { canonicalPart } from "../../src/data/canonical-part.ts";
import { prepareSearch } from "../../src/selection/prepare-search.ts";

const random = new SeededRandom(1);
const rows = Array.from({ length: 120 }, (_, row) => {
  const vector = random.integer(30);
  return { cells: [vector, (vector + random.integer(4)) % 2], meta: [row + 1, vector, 1] };
});
const features = [{ kind: "numeric", name: "a" }] as const;
const part = canonicalPart(
  { data: Float64Array.from(rows.flatMap((row) => row.cells)), rows: 120, cols: 2 },
  { data: Float64Array.from(rows.flatMap((row) => row.meta)), rows: 120, cols: 3 },
  features,
  "training",
);

test("rows that a group keeps together are dealt together, and singly for comparison", () => {
  const data = prepareSearch(part, features, "vector", 4, 9);
  const foldsOf = (kind: "selection" | "random"): number[] =>
    Array.from({ length: part.x.rows }, (_, vector) => {
      const { fold, vector: vectors } = data.folds[kind];
      return new Set(fold.filter((__, cell) => vectors[cell] === vector)).size;
    });
  expect(Math.max(...foldsOf("selection"))).toBe(1);
  expect(Math.max(...foldsOf("random"))).toBeGreaterThan(1);
  expect(data.binned.codes.data.buffer).toBeInstanceOf(SharedArrayBuffer);
});

test("a random split has random folds, once", () => {
  const data = prepareSearch(part, features, "random", 4, 9);
  expect(data.folds.selection).toBe(data.folds.random);
});
