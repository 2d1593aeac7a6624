import { SeededRandom } from "@gillnet/entity";

import { checkSample, drawingOrder } from "../../src/selection/drawing-order.ts";
import { foldTargets } from "../../src/selection/folds.ts";
import type { FoldedCells } from "../../src/selection/folds.ts";

const FOLDS = 3;
const random = new SeededRandom(4);
/** 900 cells of 300 groups, each group in one fold. */
const groupOf = Int32Array.from({ length: 900 }, (_, cell) => cell % 300);
const cells: FoldedCells = {
  folds: FOLDS,
  vector: Int32Array.from(groupOf.keys()),
  label: Uint8Array.from(groupOf, () => (random.uniform() < 0.3 ? 1 : 0)),
  weight: Float64Array.from(groupOf, () => 1 + random.integer(3)),
  fold: Uint8Array.from(groupOf, (group) => group % FOLDS),
};
const place = drawingOrder(cells, groupOf, new SeededRandom(1));
const drawn = (share: number): number[] =>
  Array.from(place.keys()).filter((cell) => (place[cell] as number) < share);

test("whole groups are drawn, and a smaller sample is part of a larger one", () => {
  const small = new Set(drawn(0.1));
  const large = new Set(drawn(0.3));
  for (const cell of small) expect(large.has(cell)).toBe(true);
  for (const cell of large) {
    for (const other of [0, 300, 600]) expect(large.has((cell % 300) + other)).toBe(true);
  }
  expect(drawn(1).length).toBe(900);
});

test.each([1 / 27, 1 / 9, 1 / 3])("share %d is that of each fold's weight", (share) => {
  for (let fold = 0; fold < FOLDS; fold++) {
    let all = 0;
    let part = 0;
    for (let cell = 0; cell < 900; cell++) {
      if (cells.fold[cell] !== fold) continue;
      all += cells.weight[cell] as number;
      if ((place[cell] as number) < share) part += cells.weight[cell] as number;
    }
    // Off by no more than a group of each class, of at most 9.
    expect(Math.abs(part - share * all)).toBeLessThanOrEqual(18);
    expect(part).toBeGreaterThan(0);
  }
});

test("a naive drawing gives the same order", () => {
  for (let fold = 0; fold < FOLDS; fold++) {
    const order = Int32Array.from({ length: 100 }, (_, i) => 3 * i + fold);
    new SeededRandom(1).fork(fold).shuffle(order);
    const ofGroup = (group: number): number[] => [group, group + 300, group + 600];
    const weigh = (group: number, sign: number): number =>
      ofGroup(group).reduce(
        (sum, cell) => sum + (cells.weight[cell] as number) * (cells.label[cell] === 1 ? 1 : sign),
        0,
      );
    for (const positive of [true, false]) {
      const groups = [...order].filter((group) => weigh(group, -1) > 0 === positive);
      const total = groups.reduce((sum, group) => sum + weigh(group, 1), 0);
      groups.forEach((group, at) => {
        const before = groups.slice(0, at).reduce((sum, each) => sum + weigh(each, 1), 0);
        for (const cell of ofGroup(group)) expect(place[cell]).toBeCloseTo(before / total, 12);
      });
    }
  }
});

test("targets of a share have the drawn rows alone", () => {
  const targets = foldTargets({ ...cells, place }, 900, 1, "training", 0.2);
  targets.weight.forEach((weight, cell) => {
    const takesPart = cells.fold[cell] !== 1 && (place[cell] as number) < 0.2;
    expect(weight).toBe(takesPart ? cells.weight[cell] : 0);
  });
  expect(foldTargets({ ...cells, place }, 900, 1, "training")).toEqual(
    foldTargets(cells, 900, 1, "training"),
  );
});

test("a sample that is too small is refused with the figures", () => {
  expect(() => checkSample(cells, groupOf, place, 1 / 3)).not.toThrow();
  expect(() => checkSample(cells, groupOf, place, 1 / 81)).toThrow(
    expect.objectContaining({
      code: "TRAINER_SAMPLE_TOO_SMALL",
      message: expect.stringMatching(
        /^The first round of halving, on 1\/81 of the rows, has \d groups of rows for 3 folds, needs at least 12$/,
      ) as string,
    }),
  );
});

test("a sample without one of the classes in a fold is refused", () => {
  // Every group has both classes, mostly negative, but for the groups that are drawn first.
  const label = Uint8Array.from(cells.label, (_, cell) => (cell >= 600 ? 1 : 0));
  const mixed = { ...cells, label };
  const odd = Float64Array.from(place, (_, cell) => (cell >= 600 ? 0.9 : 0));
  expect(() => checkSample(mixed, groupOf, odd, 0.5)).toThrow(
    expect.objectContaining({ message: expect.stringContaining("a fold without one") as string }),
  );
});
