import { SeededRandom } from "@gillnet/entity";
import { decodeBundle, encodeBundle, predictProbabilities } from "@gillnet/model-bundle";
import type { Model } from "@gillnet/model-bundle";

import { canonicalPart } from "../src/data/canonical-part.ts";
import { applyBins } from "../src/engine/apply-bins.ts";
import { fitBins } from "../src/engine/fit-bins.ts";
import type { CandidateParams, Family, TrainingSet, StagedFit } from "../src/families/family.ts";
import { prepareSearch } from "../src/selection/prepare-search.ts";
import { runScoreTask } from "../src/selection/run-task.ts";
import { fitContext } from "./fit-context.ts";
import { randomTable } from "./random-table.ts";
import type { ColumnRecipe, RandomTable } from "./random-table.ts";

const MIXED: readonly ColumnRecipe[] = [
  { kind: "numeric", levels: 3, missing: 0.1 },
  { kind: "categorical", levels: 5, missing: 0.1 },
  { kind: "numeric", levels: 400 },
  { kind: "numeric", levels: 2 },
  { kind: "numeric", levels: 1 },
];

/** The training set that the trainer makes of a table's rows in the given order, each with its weight. */
function trainingOf(
  { x, labels, features }: RandomTable,
  order: readonly number[],
  weights: ArrayLike<number>,
): TrainingSet {
  const cols = x.cols;
  const matrix = new Float64Array(order.length * (cols + 1));
  const rows = new Float64Array(order.length * 3);
  order.forEach((row, at) => {
    matrix.set(x.data.subarray(row * cols, (row + 1) * cols), at * (cols + 1));
    matrix[at * (cols + 1) + cols] = labels[row] as number;
    rows.set([row + 1, row, weights[at] as number], at * 3);
  });
  const part = canonicalPart(
    { data: matrix, rows: order.length, cols: cols + 1 },
    { data: rows, rows: order.length, cols: 3 },
    features,
    "training",
  );
  const { x: distinct, targets, cells } = part;
  const binned = applyBins(distinct, fitBins(distinct, targets.weight, features));
  return { x: distinct, features, binned, targets, weightUnit: cells.weightUnit };
}

/**
 * What every family must keep to.
 *
 * @param quality an accuracy on the training rows that it reaches with ease
 * @param answersShares whether its answer is the share of the class where nothing else is known
 */
export function testClassifierContract(
  family: Family,
  params: CandidateParams,
  quality: number,
  answersShares = true,
): void {
  const table = randomTable(240, MIXED, new SeededRandom(77));
  const inOrder = Array.from({ length: 240 }, (_, row) => row);
  const once = new Float64Array(240).fill(1);
  const training = trainingOf(table, inOrder, once);
  const fit = async (set: TrainingSet): Promise<Model> =>
    (await family.fit(set, params, fitContext(5))).model;

  describe(`${family.name} keeps the contract of classifiers`, () => {
    let model: Model;
    beforeAll(async () => {
      model = await fit(training);
    });

    test("it learns, and answers with probabilities", () => {
      const answers = predictProbabilities(model, table.x);
      expect(answers.every((p) => p >= 0 && p <= 1)).toBe(true);
      const right = answers.filter((p, row) => p >= 0.5 === (table.labels[row] === 1)).length;
      expect(right / 240).toBeGreaterThan(quality);
    });

    test("the same arguments give the same model", async () => {
      expect(await fit(training)).toEqual(model);
    });

    test("the order of the rows does not matter", async () => {
      const shuffled = [...inOrder];
      new SeededRandom(9).shuffle(shuffled);
      expect(await fit(trainingOf(table, shuffled, once))).toEqual(model);
    });

    test("a row of weight 3 is three rows", async () => {
      const random = new SeededRandom(10);
      const weights = inOrder.map(() => 1 + random.integer(3));
      const repeated = inOrder.flatMap((row) =>
        new Array<number>(weights[row] as number).fill(row),
      );
      const ones = new Float64Array(repeated.length).fill(1);
      expect(await fit(trainingOf(table, inOrder, weights))).toEqual(
        await fit(trainingOf(table, repeated, ones)),
      );
    });

    test("weights need not be whole", async () => {
      const random = new SeededRandom(12);
      const weights = Float64Array.from(inOrder, () => 0.01 + random.uniform());
      const answers = predictProbabilities(await fit(trainingOf(table, inOrder, weights)), table.x);
      expect(answers.every((p) => p >= 0 && p <= 1)).toBe(true);
    });

    test("a fit leaves its input alone", async () => {
      const before = structuredClone(training);
      await fit(training);
      expect(training).toEqual(before);
    });

    test("the model survives the bundle, to the last bit", () => {
      const bundle = {
        features: table.features,
        missingMarkers: [],
        classes: {
          negative: { name: "no", label: "no" },
          positive: { name: "yes", label: "yes" },
        },
        preprocessor: { imputer: { kind: "none" as const } },
        profile: table.features.map((feature) =>
          feature.kind === "numeric"
            ? {
                kind: feature.kind,
                name: feature.name,
                count: 1,
                missing: 0,
                minimum: 0,
                maximum: 0,
                mean: 0,
                values: [{ value: 0, count: 1 }],
                quantiles: null,
              }
            : {
                kind: feature.kind,
                name: feature.name,
                count: 1,
                missing: 0,
                values: [{ value: feature.categories[0] as string, count: 1 }],
              },
        ),
        model,
        calibration: { kind: "none" as const },
        threshold: 0.5,
      };
      const bytes = encodeBundle(bundle);
      const decoded = decodeBundle(bytes);
      expect(predictProbabilities(decoded.model, table.x)).toEqual(
        predictProbabilities(model, table.x),
      );
      expect(encodeBundle(decoded)).toEqual(bytes);
    });

    test.each([
      ["one column", [{ kind: "numeric", levels: 5 }]],
      [
        "constant columns alone",
        [
          { kind: "numeric", levels: 1 },
          { kind: "categorical", levels: 1 },
        ],
      ],
      [
        "a column that is always missing",
        [
          { kind: "numeric", levels: 3, missing: 1 },
          { kind: "numeric", levels: 9 },
        ],
      ],
      ["categories alone, very many of them", [{ kind: "categorical", levels: 300, missing: 0.2 }]],
    ] as const)("%s is enough", async (_, recipes) => {
      const drawn = randomTable(60, recipes, new SeededRandom(13));
      const small = { ...drawn, labels: drawn.labels.map((y, row) => (row % 3 === 0 ? 1 : y)) };
      const set = trainingOf(small, inOrder.slice(0, 60), once.subarray(0, 60));
      const answers = predictProbabilities(await fit(set), small.x);
      expect(answers.every((p) => p >= 0 && p <= 1)).toBe(true);
      if (answersShares && recipes.every(({ levels }) => levels === 1)) {
        const share = small.labels.reduce((a, b) => a + b, 0) / 60;
        // Forests answer with the mean share of their samples.
        expect(Math.abs((answers[0] as number) - share)).toBeLessThan(0.1);
      }
    });

    test("two rows are enough", async () => {
      const x = { data: Float64Array.of(0, 1), rows: 2, cols: 1 };
      const features = [{ kind: "numeric", name: "a" }] as const;
      const set = trainingOf(
        { x, features, labels: Uint8Array.of(0, 1) },
        [0, 1],
        once.subarray(0, 2),
      );
      expect(predictProbabilities(await fit(set), x).every((p) => p >= 0 && p <= 1)).toBe(true);
    });

    if (family.staged) {
      test("the first members of a larger ensemble are the smaller one", async () => {
        const staged = family.staged as NonNullable<Family["staged"]>;
        const small = { ...params, [staged.param]: 3 };
        const alone = (await family.fit(training, small, fitContext(5))).model;
        expect(predictProbabilities(staged.firstMembers(model, 3), table.x)).toEqual(
          predictProbabilities(alone, table.x),
        );
      });
    }
    if (family.staged?.probabilities) {
      test("the answers told while growing are those of the models", async () => {
        const staged = family.staged as NonNullable<Family["staged"]>;
        const sizes = [4, 1, params[staged.param] as number];
        // Rows without weight get their answers as well.
        const half = {
          sum: training.targets.sum.map((sum, row) => (row % 3 === 0 ? 0 : sum)),
          weight: training.targets.weight.map((weight, row) => (row % 3 === 0 ? 0 : weight)),
        };
        const set = { ...training, targets: half };
        const fits = [{ params, stages: sizes }] as const;
        const rows = [...half.weight.keys()].filter((row) => row % 2 === 0).reverse();
        const [told = []] =
          (await staged.probabilities?.(set, fits, Int32Array.from(rows), fitContext(5))) ?? [];
        expect(told.length).toBe(3);
        const whole = await fit(set);
        told.forEach((answers, i) => {
          const wanted = predictProbabilities(
            staged.firstMembers(whole, sizes[i] as number),
            set.x,
          );
          expect(answers.length).toBe(rows.length);
          rows.forEach((row, at) => expect(answers[at]).toBeCloseTo(wanted[row] as number, 12));
        });
      });
    }
    const sideBySide = family.staged?.sideBySide;
    if (sideBySide !== undefined) {
      test("side by side it answers as one by one", async () => {
        const answer = async (
          ...fits: readonly [StagedFit, ...StagedFit[]]
        ): Promise<readonly (readonly Float64Array[])[]> =>
          (await family.staged?.probabilities?.(
            training,
            fits,
            Int32Array.from(training.targets.weight.keys()),
            fitContext(5),
          )) ?? [];
        const fit = (value: number): StagedFit => ({
          params: { ...params, [sideBySide]: value },
          stages: [2, 5],
        });
        const together = await answer(fit(0.3), fit(0.05));
        expect(together[0]).toEqual((await answer(fit(0.3)))[0]);
        expect(together[1]).toEqual((await answer(fit(0.05)))[0]);
      });
    }
    if (family.parts) {
      test("fitted in parts it is the same", () => {
        const whole = family.parts as NonNullable<Family["parts"]>;
        const members = params[family.staged?.param ?? ""] as number;
        const parts = [0, 1, members - 2].map((start, i, starts) =>
          whole.fitMembers(training, params, fitContext(5), start, starts[i + 1] ?? members),
        );
        const gatherer = whole.gather(members);
        for (const part of parts) gatherer.add(part);
        expect(gatherer.finish().model).toEqual(model);
      });
    }

    test("a fold's scores do not depend on the folds before it", async () => {
      const part = {
        data: Float64Array.from(inOrder.flatMap((row) => [row % 7, row % 2])),
        rows: 240,
        cols: 2,
      };
      const rows = {
        data: Float64Array.from(inOrder.flatMap((row) => [row, row, 1])),
        rows: 240,
        cols: 3,
      };
      const features = [{ kind: "numeric", name: "a" }] as const;
      const data = prepareSearch(
        canonicalPart(part, rows, features, "training"),
        features,
        "group",
        3,
        1,
      );
      const task = {
        kind: "score",
        family: family.name,
        fits: [{ params, stages: null }],
        folds: "random",
      } as const;
      const ignore = (): void => {};
      const last = await runScoreTask(data, { ...task, fold: 2 }, ignore);
      await runScoreTask(data, { ...task, fold: 0 }, ignore);
      expect(await runScoreTask(data, { ...task, fold: 2 }, ignore)).toEqual(last);
    });
  });
}
