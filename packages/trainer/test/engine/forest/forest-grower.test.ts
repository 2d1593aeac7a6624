import { SeededRandom } from "@gillnet/entity";
import type { TreeEnsemble } from "@gillnet/model-bundle";

import { entropy, gini } from "../../../src/engine/criterion.ts";
import { ForestGrower } from "../../../src/engine/forest/forest-grower.ts";
import { TreeGrower } from "../../../src/engine/grower.ts";
import type { GrownTree } from "../../../src/engine/grown-tree.ts";
import type { TrainingSet } from "../../../src/families/family.ts";
import { EnsembleBuilder } from "../../../src/engine/tree-predictor.ts";
import { expectSameTree, naiveTree } from "../../naive-tree.ts";
import { naiveRandomTree } from "../../naive-random-tree.ts";
import { FOREST_RULES, NO_LIMITS } from "../../no-limits.ts";
import { randomTable, trainingSetOf } from "../../random-table.ts";
import type { ColumnRecipe } from "../../random-table.ts";

/** What a tree answers with. */
function ensembleOf(tree: GrownTree, { binned }: TrainingSet): TreeEnsemble {
  return new EnsembleBuilder(binned.columns, gini, 1).add(tree);
}

const NUMERIC: readonly ColumnRecipe[] = [
  { kind: "numeric", levels: 3 },
  { kind: "numeric", levels: 7, missing: 0.2 },
  { kind: "numeric", levels: 90 },
  { kind: "numeric", levels: 2, missing: 0.4 },
  { kind: "numeric", levels: 1 },
  { kind: "numeric", levels: 2 },
];

const MIXED: readonly ColumnRecipe[] = [
  ...NUMERIC,
  { kind: "categorical", levels: 6, missing: 0.1 },
  { kind: "numeric", levels: 2000, missing: 0.05 },
  { kind: "categorical", levels: 280 },
  { kind: "categorical", levels: 3 },
];

describe.each(["best", "random"] as const)("%s bounds", (bounds) => {
  test.each([
    ["gini", gini, NO_LIMITS, 2],
    ["entropy", entropy, NO_LIMITS, 3],
    ["all columns", gini, NO_LIMITS, 6],
    ["shallow", gini, { ...NO_LIMITS, maxDepth: 3 }, 1],
    ["large leaves", gini, { ...NO_LIMITS, minLeafWeight: 9 }, 2],
  ] as const)("the oracle grows the same tree: %s", (_, criterion, limits, columnsPerSplit) => {
    const random = new SeededRandom(41);
    for (let round = 0; round < 4; round++) {
      const table = randomTable(120, NUMERIC, random);
      const weights = Array.from({ length: 120 }, () => random.integer(4));
      const { binned, targets } = trainingSetOf(table, weights);
      const grower = new ForestGrower(binned, { criterion, limits, columnsPerSplit, bounds });
      const tree = grower.grow(targets, new SeededRandom(round));
      const drawsNone = bounds === "best" && columnsPerSplit === NUMERIC.length;
      const draws = drawsNone
        ? undefined
        : { random: new SeededRandom(round), columnsPerSplit, bounds };
      expectSameTree(
        tree,
        0,
        naiveTree(table.x, table.features, targets, criterion, limits, draws),
      );
    }
  });

  test("the same stream gives the same tree, whatever the grower grew before", () => {
    const training = trainingSetOf(randomTable(300, MIXED, new SeededRandom(1)));
    const grower = new ForestGrower(training.binned, { ...FOREST_RULES, bounds });
    const [first, other, again] = [1, 2, 1].map((seed) =>
      ensembleOf(grower.grow(training.targets, new SeededRandom(seed)), training),
    );
    expect(other).not.toEqual(first);
    expect(again).toEqual(first);
  });
});

/** Few values a column: rows are held in planes. */
const FEW: readonly ColumnRecipe[] = [
  ...Array.from({ length: 12 }, (_, i) => ({ kind: "numeric", levels: 1 + (i % 3) }) as const),
  { kind: "numeric", levels: 3, missing: 0.1 },
  { kind: "categorical", levels: 4 },
  { kind: "categorical", levels: 3, missing: 0.2 },
  { kind: "numeric", levels: 2, missing: 0.5 },
];

/** More columns than a word has bits. */
const WIDE: readonly ColumnRecipe[] = Array.from({ length: 75 }, (_, i) => ({
  kind: i % 5 === 0 ? "categorical" : "numeric",
  levels: 1 + (i % 7),
  missing: i % 3 === 0 ? 0.1 : 0,
}));

const TABLES = { mixed: MIXED, few: FEW, wide: WIDE, single: [{ kind: "numeric", levels: 40 }] };

describe.each([
  ["best", gini],
  ["best", entropy],
  ["random", gini],
  ["random", entropy],
] as const)(
  "the same trees as the oracle, of all kinds of columns: %s bounds",
  (bounds, criterion) => {
    function expectAlike(training: TrainingSet, columnsPerSplit: number, limits = NO_LIMITS): void {
      const { binned, targets } = training;
      const rules = { criterion, limits, columnsPerSplit, bounds };
      const forest = new ForestGrower(binned, rules);
      const plain = new TreeGrower(binned, criterion, limits, columnsPerSplit);
      for (let seed = 0; seed < 2; seed++) {
        const wanted =
          bounds === "best"
            ? plain.grow(targets, new SeededRandom(seed))
            : naiveRandomTree(binned, rules, targets, new SeededRandom(seed));
        const ofWanted = ensembleOf(wanted, training);
        expect(ensembleOf(forest.grow(targets, new SeededRandom(seed)), training)).toEqual(
          ofWanted,
        );
      }
      forest.end();
    }

    const WEIGHTS = {
      "one each": () => 1,
      whole: (random: SeededRandom) => random.integer(5),
      "too large for one word together": (random: SeededRandom) => 3000 + random.integer(40),
      "too large for one word by themselves": (random: SeededRandom) =>
        random.integer(9) === 0 ? 70_000 : random.integer(40),
      "together more than 2^31": (random: SeededRandom) => random.integer(5) * 8e6,
      // Quarters, so that sums are exact whatever their order.
      fractions: (random: SeededRandom) => random.integer(12) / 4,
    };

    test.each(
      Object.keys(TABLES).flatMap((table) => Object.keys(WEIGHTS).map((kind) => [table, kind])),
    )("%s columns, weights %s", (name, kind) => {
      const random = new SeededRandom(51);
      const table = randomTable(700, TABLES[name as keyof typeof TABLES] as ColumnRecipe[], random);
      const weights = table.labels.reduce<number[]>((all) => {
        all.push(WEIGHTS[kind as keyof typeof WEIGHTS](random));
        return all;
      }, []);
      const columnsPerSplit = Math.max(1, Math.floor(table.x.cols / 3));
      expectAlike(trainingSetOf(table, weights), Math.min(columnsPerSplit, table.x.cols - 1 || 1));
    });

    test.each(["mixed", "few"] as const)("limits, %s columns", (name) => {
      const table = randomTable(900, TABLES[name], new SeededRandom(7));
      const training = trainingSetOf(table);
      expectAlike(training, 3, { maxDepth: 4, minSplitWeight: 0, minLeafWeight: 0 });
      expectAlike(training, 3, { maxDepth: Infinity, minSplitWeight: 30, minLeafWeight: 7 });
    });

    test("more rows than a small node has", () => {
      const tall = randomTable(30_000, MIXED.slice(0, 7), new SeededRandom(3));
      expectAlike(trainingSetOf(tall), 2, { ...NO_LIMITS, maxDepth: 9 });
    });
  },
);
