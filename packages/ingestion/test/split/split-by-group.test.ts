import { SeededRandom } from "@gillnet/entity";
import * as fc from "fast-check";

import { splitByGroup } from "../../src/split/split-by-group.ts";
import type { GroupedRows } from "../../src/split/split-by-group.ts";

/** Rows as [group, class] or [group, class, weight]. */
function groupedRows(rows: readonly (readonly number[])[]): GroupedRows {
  const ids = Int32Array.from(rows, ([group]) => group as number);
  return {
    groups: { ids, count: Math.max(...ids) + 1 },
    classes: Uint8Array.from(rows, ([, cls]) => cls as number),
    ...(rows[0]?.length === 3 && {
      weights: Float64Array.from(rows, ([, , weight]) => weight as number),
    }),
    groupNoun: "groups",
  };
}

/** Random groups of 1 to `maximum` rows; a tenth of them holds both classes. */
function randomRows(random: SeededRandom, groupCount: number, maximum: number): number[][] {
  const rows: number[][] = [];
  for (let group = 0; group < groupCount; group++) {
    const size = 1 + Math.floor(maximum * random.uniform() ** 3);
    const cls = random.integer(3) === 0 ? 1 : 0;
    const mixed = random.integer(10) === 0;
    for (let i = 0; i < size; i++) rows.push([group, mixed ? random.integer(2) : cls]);
  }
  return rows;
}

/** Share of the class's weight that is in test. */
function testShareOf(cls: number, rows: GroupedRows, test: Int32Array): number {
  const weightOf = (row: number): number =>
    rows.classes[row] === cls ? (rows.weights?.[row] ?? 1) : 0;
  const total = rows.classes.reduce((sum, _, row) => sum + weightOf(row), 0);
  return test.reduce((sum, row) => sum + weightOf(row), 0) / total;
}

const groupsOf = (rows: GroupedRows, side: Int32Array): Set<number> =>
  new Set([...side].map((row) => rows.groups.ids[row] as number));

test("no group straddles, every row is dealt, shares are near what was asked", () => {
  const random = new SeededRandom(5);
  for (const testShare of [0.05, 0.2, 0.3, 0.5]) {
    const rows = groupedRows(randomRows(random, 800, 20));
    const { train, test } = splitByGroup(rows, testShare, random.fork("split"));
    expect([...train, ...test].sort((a, b) => a - b)).toEqual([...rows.classes.keys()]);
    const trainGroups = groupsOf(rows, train);
    expect([...groupsOf(rows, test)].filter((group) => trainGroups.has(group))).toEqual([]);
    expect(testShareOf(0, rows, test)).toBeCloseTo(testShare, 2);
    expect(testShareOf(1, rows, test)).toBeCloseTo(testShare, 2);
  }
});

test("the order of the rows has no influence, the seed has", () => {
  const random = new SeededRandom(6);
  const list = randomRows(random, 100, 6).map((row) => row.concat(1 + random.uniform()));
  const testGroups = (rows: GroupedRows, seed: number): number[] => {
    const { test } = splitByGroup(rows, 0.2, new SeededRandom(seed));
    return [...groupsOf(rows, test)].sort((a, b) => a - b);
  };
  const expected = testGroups(groupedRows(list), 1);
  for (let trial = 0; trial < 20; trial++) {
    const order = [...list.keys()];
    random.shuffle(order);
    const shuffled = groupedRows(order.map((row) => list[row] as number[]));
    expect(testGroups(shuffled, 1)).toEqual(expected);
  }
  expect(testGroups(groupedRows(list), 2)).not.toEqual(expected);
});

test("a weighted row is dealt like that many copies", () => {
  const random = new SeededRandom(7);
  const weighted = Array.from({ length: 200 }, (_, group) => [
    group,
    random.integer(2),
    1 + random.integer(9),
  ]);
  const expanded = weighted.flatMap(([group, cls, weight]) =>
    Array.from({ length: weight as number }, () => [group as number, cls as number]),
  );
  const sides = [weighted, expanded].map((list) => {
    const rows = groupedRows(list);
    return groupsOf(rows, splitByGroup(rows, 0.2, new SeededRandom(1)).test);
  });
  expect([...(sides[1] as Set<number>)].sort()).toEqual([...(sides[0] as Set<number>)].sort());
});

test("one huge group goes to train, the rest fills test as far as it can", () => {
  const rows = groupedRows([
    ...Array.from({ length: 70 }, (_, i) => [0, i % 2]),
    ...Array.from({ length: 30 }, (_, i) => [1 + i, i % 2]),
  ]);
  const { test } = splitByGroup(rows, 0.2, new SeededRandom(1));
  expect(groupsOf(rows, test).has(0)).toBe(false);
  expect(test).toHaveLength(20);
});

test("both sides get both classes whenever each class has two groups", () => {
  const group = fc
    .tuple(fc.nat(3), fc.nat(3))
    .filter(([negative, positive]) => negative + positive > 0);
  fc.assert(
    fc.property(
      fc.array(group, { minLength: 2, maxLength: 6 }),
      fc.double({ min: 0.05, max: 0.5, noNaN: true }),
      fc.nat(),
      (groups, testShare, seed) => {
        fc.pre(
          [0, 1].every((cls) => groups.filter((counts) => (counts[cls] ?? 0) > 0).length >= 2),
        );
        const rows = groupedRows(
          groups.flatMap((counts, id) =>
            counts.flatMap((count, cls) => Array.from({ length: count }, () => [id, cls])),
          ),
        );
        const { train, test } = splitByGroup(rows, testShare, new SeededRandom(seed));
        for (const side of [train, test]) {
          expect(new Set([...side].map((row) => rows.classes[row]))).toEqual(new Set([0, 1]));
        }
      },
    ),
    { seed: 1, numRuns: 300 },
  );
});

test("a group that is the last of its class on a side is not moved to give the other side a class", () => {
  const times = (count: number, row: number[]): number[][] =>
    Array.from({ length: count }, () => row);
  const rows = groupedRows([
    ...times(100, [0, 0]),
    ...times(40, [1, 1]),
    ...times(3, [1, 0]),
    ...times(1, [2, 1]),
  ]);
  const { train, test } = splitByGroup(rows, 0.05, new SeededRandom(1));
  expect([groupsOf(rows, train), groupsOf(rows, test)]).toEqual([new Set([1]), new Set([0, 2])]);
});

test("a class in fewer than two groups is refused", () => {
  const rows = groupedRows([
    [0, 0],
    [1, 0],
    [2, 1],
    [2, 1],
  ]);
  expect(() => splitByGroup(rows, 0.2, new SeededRandom(1))).toThrow(
    expect.objectContaining({
      code: "INGESTION_TOO_FEW_GROUPS",
      message: expect.stringContaining("The positive class occurs in 1 of the groups"),
    }),
  );
});
