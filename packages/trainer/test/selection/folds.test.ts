import { SeededRandom } from "@gillnet/entity";

import { groupedCells } from "../../src/data/grouped-cells.ts";
import type { GroupedCells } from "../../src/data/grouped-cells.ts";
import { foldTargets, groupedFolds, randomFolds } from "../../src/selection/folds.ts";
import type { FoldedCells } from "../../src/selection/folds.ts";

interface Rows {
  readonly groups: readonly number[];
  readonly vectors: readonly number[];
  readonly labels: readonly number[];
  readonly weights: readonly number[];
}

function cellsOf({ groups, vectors, labels, weights }: Rows): GroupedCells {
  const rows = {
    x: { data: new Float64Array(0), rows: groups.length, cols: 0 },
    groups: Float64Array.from(groups),
    labels: Uint8Array.from(labels),
    weights: Float64Array.from(weights),
  };
  return groupedCells(rows, Int32Array.from(vectors));
}

/** Groups of unlike size and class mix. */
function randomRows(n: number, random: SeededRandom, weight: () => number = () => 1): Rows {
  const vectors = Array.from({ length: n }, () =>
    Math.floor(random.uniform() * random.uniform() * 60),
  );
  return {
    groups: vectors.map((vector) => 1000 - vector),
    vectors,
    labels: vectors.map((vector) => (random.uniform() < (vector % 5) / 5 ? 1 : 0)),
    weights: vectors.map(() => weight()),
  };
}

/** Per fold, the weight of both classes. */
function weightsOf(cells: FoldedCells): [negative: number, positive: number][] {
  const sums = Array.from({ length: cells.folds }, (): [number, number] => [0, 0]);
  cells.weight.forEach((weight, cell) => {
    sums[cells.fold[cell] as number]![cells.label[cell] as 0 | 1] += weight;
  });
  return sums;
}

describe("groupedFolds", () => {
  const rows = randomRows(800, new SeededRandom(1));
  const cells = cellsOf(rows);
  const dealt = groupedFolds(cells, 5, new SeededRandom(2));

  test("no group stands in two folds, and every row stands in one", () => {
    const foldOf = new Map<number, number>();
    cells.group.forEach((group, cell) => {
      const fold = foldOf.get(group) ?? dealt.fold[cell];
      expect(dealt.fold[cell]).toBe(fold);
      foldOf.set(group, fold as number);
    });
    expect(dealt.weight.reduce((a, b) => a + b)).toBe(800);
  });

  test("each fold has about its share of both classes", () => {
    const positives = rows.labels.reduce((a, b) => a + b, 0);
    for (const [negative, positive] of weightsOf(dealt)) {
      expect(Math.abs(negative / (800 - positives) - 0.2)).toBeLessThan(0.03);
      expect(Math.abs(positive / positives - 0.2)).toBeLessThan(0.03);
    }
  });

  test("the order of the rows does not matter, the seed does", () => {
    const order = Array.from(rows.groups.keys());
    new SeededRandom(3).shuffle(order);
    const pick = (values: readonly number[]): number[] => order.map((at) => values[at] as number);
    const shuffled = cellsOf({
      groups: pick(rows.groups),
      vectors: pick(rows.vectors),
      labels: pick(rows.labels),
      weights: pick(rows.weights),
    });
    expect(groupedFolds(shuffled, 5, new SeededRandom(2))).toEqual(dealt);
    expect(groupedFolds(cells, 5, new SeededRandom(4))).not.toEqual(dealt);
  });

  test.each([
    ["whole", () => 1],
    ["other", () => 0.3],
  ])("%s weights: each group goes where a slow search puts it", (_, weight) => {
    const some = cellsOf(randomRows(600, new SeededRandom(8), weight));
    const { groups, group, label, unit, copies } = some;
    const sides = Array.from({ length: groups }, (): [number, number] => [0, 0]);
    group.forEach((at, cell) => {
      sides[at]![label[cell] as 0 | 1] += (unit[cell] as number) * (copies[cell] as number);
    });
    const totals = [0, 1].map((side) => sides.reduce((sum, of) => sum + of[side as 0 | 1], 0));
    const shuffled = Array.from(sides.keys());
    new SeededRandom(9).shuffle(shuffled);
    const imbalance = (at: number): number => Math.abs(sides[at]![1] - sides[at]![0]);
    const most = Math.max(...shuffled.map(imbalance));
    const order = shuffled.toSorted((a, b) => most - imbalance(a) - (most - imbalance(b)));
    const inFold = Array.from({ length: 7 }, (): [number, number] => [0, 0]);
    const wanted = new Map<number, number>();
    for (const at of order) {
      const [negative, positive] = sides[at] as [number, number];
      const cost = ([inNegative, inPositive]: [number, number]): number =>
        (inPositive / totals[1]!) * (positive / totals[1]!) +
        (inNegative / totals[0]!) * (negative / totals[0]!);
      const weightOf = ([inNegative, inPositive]: [number, number]): number =>
        inPositive + inNegative;
      const ranked = Array.from(inFold.keys()).toSorted(
        (a, b) =>
          cost(inFold[a]!) - cost(inFold[b]!) ||
          weightOf(inFold[a]!) - weightOf(inFold[b]!) ||
          a - b,
      );
      const best = ranked[0] as number;
      wanted.set(at, best);
      inFold[best]![0] += negative;
      inFold[best]![1] += positive;
    }
    const { fold } = groupedFolds(some, 7, new SeededRandom(9));
    group.forEach((at, cell) => expect(fold[cell]).toBe(wanted.get(at)));
  });

  test("more folds than groups are refused, and folds that lack a class", () => {
    const few = cellsOf({
      groups: [1, 2, 2],
      vectors: [0, 1, 1],
      labels: [0, 1, 0],
      weights: [1, 1, 1],
    });
    expect(() => groupedFolds(few, 3, new SeededRandom(1))).toThrow(
      expect.objectContaining({
        code: "TRAINER_TOO_FEW_GROUPS",
        message: expect.stringContaining("2 groups, 3 folds"),
      }),
    );
    expect(() => groupedFolds(few, 2, new SeededRandom(1))).toThrow(
      expect.objectContaining({ code: "TRAINER_FOLD_WITHOUT_CLASS" }),
    );
  });
});

describe("randomFolds", () => {
  test("both classes are dealt evenly to within one row, and folds to within two", () => {
    const rows = randomRows(403, new SeededRandom(5));
    const sums = weightsOf(randomFolds(cellsOf(rows), 4, new SeededRandom(6)));
    for (const side of [0, 1] as const) {
      const counts = sums.map((sum) => sum[side]);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
    const sizes = sums.map(([negative, positive]) => negative + positive);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(sizes.reduce((a, b) => a + b)).toBe(403);
  });

  test("copies of a row are dealt one by one", () => {
    const cells = cellsOf({ groups: [1, 2], vectors: [0, 1], labels: [0, 1], weights: [30, 30] });
    const dealt = randomFolds(cells, 3, new SeededRandom(1));
    expect(weightsOf(dealt)).toEqual([
      [10, 10],
      [10, 10],
      [10, 10],
    ]);
    const repeated = cellsOf({
      groups: Array.from({ length: 60 }, (_, i) => i),
      vectors: Array.from({ length: 60 }, (_, i) => i % 2),
      labels: Array.from({ length: 60 }, (_, i) => i % 2),
      weights: new Array<number>(60).fill(1),
    });
    const again = randomFolds(repeated, 3, new SeededRandom(1));
    for (const fold of [0, 1, 2]) {
      expect(foldTargets(again, 2, fold, "heldOut")).toEqual(
        foldTargets(dealt, 2, fold, "heldOut"),
      );
    }
  });

  test("rows of other weights stay whole", () => {
    const random = new SeededRandom(7);
    const rows = randomRows(200, random, () => 0.5 + random.integer(3) / 4);
    const dealt = randomFolds(cellsOf(rows), 3, new SeededRandom(8));
    const total = rows.weights.reduce((a, b) => a + b, 0);
    expect(dealt.weight.reduce((a, b) => a + b)).toBeCloseTo(total, 9);
    for (const [negative, positive] of weightsOf(dealt)) {
      expect(Math.abs((negative + positive) / total - 1 / 3)).toBeLessThan(0.05);
    }
  });

  test("more folds than rows are refused", () => {
    const few = cellsOf({ groups: [1, 1], vectors: [0, 1], labels: [0, 1], weights: [1, 1] });
    expect(() => randomFolds(few, 3, new SeededRandom(1))).toThrow(
      expect.objectContaining({ code: "TRAINER_TOO_FEW_GROUPS" }),
    );
  });
});

test("a fold's two sides add up to everything", () => {
  const cells = cellsOf(randomRows(300, new SeededRandom(9)));
  const dealt = groupedFolds(cells, 3, new SeededRandom(1));
  const all = foldTargets(dealt, 60, -1, "training");
  expect(all.weight.reduce((a, b) => a + b)).toBe(300);
  for (const fold of [0, 1, 2]) {
    const training = foldTargets(dealt, 60, fold, "training");
    const heldOut = foldTargets(dealt, 60, fold, "heldOut");
    expect(training.weight.map((w, i) => w + (heldOut.weight[i] as number))).toEqual(all.weight);
    expect(training.sum.map((w, i) => w + (heldOut.sum[i] as number))).toEqual(all.sum);
  }
});
