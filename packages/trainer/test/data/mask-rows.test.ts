import { SeededRandom } from "@gillnet/entity";

import { maskRows } from "../../src/data/mask-rows.ts";
import type { Masking } from "../../src/data/mask-rows.ts";
import { applyBins } from "../../src/engine/apply-bins.ts";
import { holdOut } from "../../src/engine/hist/held-out.ts";
import type { TrainingSet } from "../../src/families/family.ts";
import { randomTable, trainingSetOf } from "../random-table.ts";

const COLS = 6;
const table = randomTable(
  200,
  [
    { kind: "numeric", levels: 3, missing: 0.2 },
    { kind: "categorical", levels: 3, missing: 0.1 },
    { kind: "numeric", levels: 400 },
    { kind: "numeric", levels: 2 },
    { kind: "categorical", levels: 2 },
    { kind: "numeric", levels: 4 },
  ],
  new SeededRandom(3),
);
/** Rows that are all distinct: the third column numbers them. */
const distinctTable = {
  ...table,
  x: { ...table.x, data: table.x.data.map((cell, at) => (at % COLS === 2 ? at : cell)) },
};
const weights = Array.from(table.labels, (_, row) => row % 4);
const training = trainingSetOf(distinctTable, weights);

function mask(masking: Partial<Masking>, set: TrainingSet = training): TrainingSet {
  return maskRows(set, { copies: 3, share: 0.6, groups: [], ...masking }, new SeededRandom(7));
}

const rowAt = ({ x }: TrainingSet, row: number): number[] =>
  Array.from(x.data.subarray(row * COLS, (row + 1) * COLS));
const keyOf = (cells: readonly number[]): string => cells.map(String).join(" ");
const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/** The same by brute force: weights by the rows' text. */
function slowly({ copies, share, groups }: Masking): Map<string, [number, number]> {
  const random = new SeededRandom(7);
  const units = [...groups];
  for (let column = 0; column < COLS; column++) {
    if (!groups.flat().includes(column)) units.push([column]);
  }
  const found = new Map<string, [number, number]>();
  const add = (cells: readonly number[], row: number): void => {
    const [sum, weight] = found.get(keyOf(cells)) ?? [0, 0];
    const { targets } = training;
    found.set(keyOf(cells), [
      sum + (targets.sum[row] as number),
      weight + (targets.weight[row] as number),
    ]);
  };
  for (let row = 0; row < 200; row++) {
    add(rowAt(training, row), row);
    for (let copy = 0; copy < copies; copy++) {
      const chance = share * random.uniform();
      const hidden = new Set(units.filter(() => random.uniform() < chance).flat());
      const cells = rowAt(training, row).map((cell, c) => (hidden.has(c) ? NaN : cell));
      if ((weights[row] as number) > 0) add(cells, row);
    }
  }
  return found;
}

test.each([
  [{ copies: 3, share: 0.6, groups: [] }],
  [{ copies: 1, share: 1, groups: [[0, 2, 5]] }],
  [
    {
      copies: 6,
      share: 1,
      groups: [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
    },
  ],
] as const)("%j: the rows and weights are those found by brute force", (masking) => {
  const before = structuredClone(training);
  const set = mask(masking);
  const wanted = slowly(masking);
  expect(set.x.rows).toBe(wanted.size);
  for (let row = 0; row < set.x.rows; row++) {
    const [sum, weight] = wanted.get(keyOf(rowAt(set, row))) as [number, number];
    expect([set.targets.sum[row], set.targets.weight[row]]).toEqual([sum, weight]);
  }
  expect(total(set.targets.weight)).toBe((1 + masking.copies) * total(training.targets.weight));
  expect(set.weightUnit).toBe(training.weightUnit);
  expect(training).toEqual(before);
});

test("the rows given come first, and the others say whose copies they are", () => {
  const set = mask({});
  expect(set.x.data.subarray(0, 200 * COLS)).toEqual(training.x.data);
  const copyOf = set.copyOf as Int32Array;
  expect(Array.from(copyOf.subarray(0, 200))).toEqual(Array.from({ length: 200 }, (_, i) => i));
  for (let row = 200; row < set.x.rows; row++) {
    const original = rowAt(training, copyOf[row] as number);
    rowAt(set, row).forEach((cell, c) => expect([NaN, original[c]]).toContainEqual(cell));
    expect(weights[copyOf[row] as number]).toBeGreaterThan(0);
  }
});

test("a group is hidden as a whole, and a copy hides at most its share of the columns on average", () => {
  const set = mask({ copies: 20, share: 0.5, groups: [[2, 3, 5]] });
  let hidden = 0;
  for (let row = 200; row < set.x.rows; row++) {
    const cells = rowAt(set, row);
    const gone = [2, 3, 5].filter((column) => Number.isNaN(cells[column])).length;
    expect([0, 3]).toContain(gone);
    if (gone === 3) hidden += set.targets.weight[row] as number;
  }
  // Shares are drawn from 0 to a half: a quarter on average.
  expect(hidden / (20 * total(training.targets.weight))).toBeCloseTo(0.25, 1);
});

test("codes are those of the masked rows, and every column has a bin for missing cells", () => {
  const { x, binned } = mask({});
  expect(binned.columns.every(({ hasMissing }) => hasMissing)).toBe(true);
  expect(binned).toEqual(applyBins(x, binned.columns));
  expect(binned.columns.map(({ valueBins }) => valueBins)).toEqual(
    training.binned.columns.map(({ valueBins }) => valueBins),
  );
});

test("a row is masked alike whichever rows a fold holds out", () => {
  const half = {
    sum: training.targets.sum.map((sum, row) => (row % 2 === 0 ? sum : 0)),
    weight: training.targets.weight.map((weight, row) => (row % 2 === 0 ? weight : 0)),
  };
  const keysOf = (set: TrainingSet): Set<string> =>
    new Set(Array.from(set.targets.weight.keys(), (row) => keyOf(rowAt(set, row))));
  const ofAll = keysOf(mask({}));
  const ofHalf = keysOf(mask({}, { ...training, targets: half }));
  expect([...ofHalf].filter((key) => !ofAll.has(key))).toEqual([]);
  expect(ofHalf.size).toBeLessThan(ofAll.size);
});

test("without copies the set is left as it is", () => {
  expect(mask({ copies: 0 })).toBe(training);
});

test("early stopping holds out a row's copies with it", () => {
  const { targets, copyOf } = mask({});
  const heldOut = holdOut(targets, 0.3, new SeededRandom(1), copyOf);
  expect(new Set(heldOut)).toEqual(new Set([0, 1]));
  copyOf?.forEach((original, row) => expect(heldOut[row]).toBe(heldOut[original]));
});
