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

test.each(["vector", "random"] as const)("samples are drawn from folds by %s", (groupedBy) => {
  const { folds } = prepareSearch(part, features, groupedBy, 3, 9, 1 / 3);
  expect(folds.selection.place).toHaveLength(folds.selection.fold.length);
  expect(folds.selection.place?.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(folds.random === folds.selection).toBe(groupedBy === "random");
  // Apart from the places, the folds are those of a search that takes no samples.
  const { place: _place, ...dealt } = folds.selection;
  expect(prepareSearch(part, features, groupedBy, 3, 9).folds.selection).toEqual(dealt);
});

test("samples that would be too small are refused", () => {
  expect(() => prepareSearch(part, features, "vector", 4, 9, 1 / 27)).toThrow(
    expect.objectContaining({ code: "TRAINER_SAMPLE_TOO_SMALL" }),
  );
});

test("a random split has random folds, once", () => {
  const data = prepareSearch(part, features, "random", 4, 9);
  expect(data.folds.selection).toBe(data.folds.random);
});
