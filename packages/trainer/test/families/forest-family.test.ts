import { readFileSync } from "node:fs";

import { predictProbabilities } from "@gillnet/model-bundle";
import type { ForestModel } from "@gillnet/model-bundle";

import { extraTrees } from "../../src/families/extra-trees.ts";
import type { CandidateParams, OutOfBagScores } from "../../src/families/family.ts";
import { randomForest } from "../../src/families/random-forest.ts";
import { scorePredictions } from "../../src/metrics/score-predictions.ts";
import { fitContext } from "../fit-context.ts";
import { targetsOf, trainingSetOf } from "../random-table.ts";

interface Summary {
  readonly accuracy: number;
  readonly accuracySd: number;
  readonly logLoss: number;
  readonly logLossSd: number;
}

interface ForestsCase {
  readonly missing: number;
  readonly x: readonly (readonly (number | null)[])[];
  readonly y: readonly number[];
  readonly fold: readonly number[];
  readonly forests: readonly {
    readonly family: string;
    readonly params: Readonly<Record<string, string | number | boolean>>;
    readonly crossValidation: Summary;
    readonly outOfBag: Summary | null;
  }[];
}

const fixture = JSON.parse(
  readFileSync(new URL("../fixtures/forests.json", import.meta.url), "utf8"),
) as {
  readonly trees: number;
  readonly seeds: number;
  /** How far from 0 and 1 answers are kept for the log loss. */
  readonly clip: number;
  readonly cases: readonly ForestsCase[];
};

const DEFAULTS: CandidateParams = {
  n_estimators: fixture.trees,
  criterion: "gini",
  max_features: "sqrt",
  max_depth: null,
  min_samples_leaf: 1,
  min_samples_split: 2,
  ccp_alpha: 0,
  oob_score: false,
};

const FAMILIES = { random_forest: randomForest, extra_trees: extraTrees };
const BOOTSTRAP = { random_forest: true, extra_trees: false };

/** How many forests of ours make a mean. */
const OURS = 24;
const OURS_OUT_OF_BAG = 60;

function tableOf(
  { x, y }: ForestsCase,
  keep: (row: number) => boolean,
): {
  readonly x: { readonly data: Float64Array; readonly rows: number; readonly cols: number };
  readonly features: readonly { readonly kind: "numeric"; readonly name: string }[];
  readonly labels: Uint8Array;
} {
  const rows = [...y.keys()].filter(keep);
  const cols = x[0]?.length ?? 0;
  const cells = rows.flatMap((row) => (x[row] ?? []).map((cell) => cell ?? NaN));
  return {
    x: { data: Float64Array.from(cells), rows: rows.length, cols },
    features: Array.from({ length: cols }, (_, i) => ({ kind: "numeric" as const, name: `${i}` })),
    labels: Uint8Array.from(rows, (row) => y[row] as number),
  };
}

/** Two standard errors of the difference between a mean of ours, over so many forests, and the reference's. */
function tolerance(sd: number, forests: number): number {
  return 2 * sd * Math.sqrt(1 / forests + 1 / fixture.seeds);
}

function expectAgreement(
  ours: readonly { readonly accuracy: number; readonly logLoss: number }[],
  reference: Summary,
): void {
  const mean = (of: "accuracy" | "logLoss"): number =>
    ours.reduce((sum, scores) => sum + scores[of], 0) / ours.length;
  expect(Math.abs(mean("accuracy") - reference.accuracy)).toBeLessThan(
    tolerance(reference.accuracySd, ours.length),
  );
  expect(Math.abs(mean("logLoss") - reference.logLoss)).toBeLessThan(
    tolerance(reference.logLossSd, ours.length),
  );
}

const forests = fixture.cases.flatMap((each) =>
  each.forests.map((forest) => ({
    ...forest,
    data: each,
    name: `${forest.family} ${JSON.stringify(forest.params)}, ${100 * each.missing} % missing`,
  })),
);

describe("scikit-learn's forests do as well, within two standard errors", () => {
  test.each(forests)(
    "cross-validated: $name",
    async ({ family, params, data, crossValidation }) => {
      const name = family as keyof typeof FAMILIES;
      const folds = Math.max(...data.fold) + 1;
      const sets = Array.from({ length: folds }, (_, fold) => ({
        training: trainingSetOf(tableOf(data, (row) => data.fold[row] !== fold)),
        heldOut: tableOf(data, (row) => data.fold[row] === fold),
      }));
      const ours = [];
      for (let seed = 0; seed < OURS; seed++) {
        const answers: number[] = [];
        const labels: number[] = [];
        for (const [fold, { training, heldOut }] of sets.entries()) {
          const all = { ...DEFAULTS, bootstrap: BOOTSTRAP[name], ...params };
          const { model } = await FAMILIES[name].fit(
            training,
            all,
            fitContext(1_000_003 * seed + 7919 * fold),
          );
          answers.push(...predictProbabilities(model, heldOut.x));
          labels.push(...heldOut.labels);
        }
        const { clip } = fixture;
        const clipped = Float64Array.from(answers, (p) => Math.min(1 - clip, Math.max(clip, p)));
        ours.push(scorePredictions(clipped, targetsOf(labels), 0.5));
      }
      expectAgreement(ours, crossValidation);
    },
  );

  test.each(forests.filter(({ outOfBag }) => outOfBag !== null))(
    "out of bag: $name",
    async ({ params, data, outOfBag }) => {
      const training = trainingSetOf(tableOf(data, () => true));
      const ours = [];
      for (let seed = 0; seed < OURS_OUT_OF_BAG; seed++) {
        const all = { ...DEFAULTS, bootstrap: true, oob_score: true, ...params };
        const context = fitContext(1_000_003 * seed);
        const { outOfBag: told } = await randomForest.fit(training, all, context);
        ours.push((told as OutOfBagScores).scores);
      }
      expectAgreement(ours, outOfBag as Summary);
    },
  );
});

describe("out-of-bag scores", () => {
  const data = fixture.cases[1] as ForestsCase;
  const table = tableOf(data, (row) => row < 120);
  const weights = data.y.slice(0, 120).map((_, row) => 1 + (row % 4));
  const params = { ...DEFAULTS, n_estimators: 9, bootstrap: true, oob_score: true };

  test("they change nothing of the model", async () => {
    const training = trainingSetOf(table, weights);
    const told = await randomForest.fit(training, params, fitContext(3));
    const silent = await randomForest.fit(training, { ...params, oob_score: false }, fitContext(3));
    expect(told.model).toEqual(silent.model);
    expect(silent.outOfBag).toBeUndefined();
    expect(silent.notes).toEqual([]);
    expect(told.notes[0]).toMatch(
      /^Out of bag, accuracy 0\.\d{4} and log loss \d\.\d{4}: .*9\d\.\d %/,
    );
  });

  test.each([randomForest, extraTrees])("$name: parts add up to the whole", async (family) => {
    const training = trainingSetOf(table, weights);
    const whole = await family.fit(training, params, fitContext(3));
    const parts = [0, 4, 5].map((start, i, starts) =>
      family.parts?.fitMembers(training, params, fitContext(3), start, starts[i + 1] ?? 9),
    );
    const gatherer = family.parts?.gather(9);
    for (const part of parts) gatherer?.add(part as NonNullable<typeof part>);
    const joined = gatherer?.finish();
    expect(joined?.outOfBag?.covered).toBe(whole.outOfBag?.covered);
    expect(joined?.outOfBag?.scores.logLoss).toBeCloseTo(whole.outOfBag?.scores.logLoss ?? NaN, 12);
  });

  test("with weights they are those of the rows written out, but for chance", async () => {
    const repeated = weights.flatMap((weight, row) => new Array<number>(weight).fill(row));
    const rowOf = new Float64Array(repeated.length * table.x.cols);
    repeated.forEach((row, at) => {
      rowOf.set(table.x.data.subarray(8 * row, 8 * row + 8), 8 * at);
    });
    const written = {
      x: { data: rowOf, rows: repeated.length, cols: 8 },
      features: table.features,
      labels: Uint8Array.from(repeated, (row) => table.labels[row] as number),
    };
    const means = [];
    for (const training of [trainingSetOf(table, weights), trainingSetOf(written)]) {
      let accuracy = 0;
      let logLoss = 0;
      for (let seed = 0; seed < 40; seed++) {
        const all = { ...params, n_estimators: 25 };
        const { outOfBag } = await randomForest.fit(training, all, fitContext(seed));
        accuracy += (outOfBag?.scores.accuracy ?? NaN) / 40;
        logLoss += (outOfBag?.scores.logLoss ?? NaN) / 40;
      }
      means.push({ accuracy, logLoss });
    }
    expect(Math.abs((means[0]?.accuracy ?? NaN) - (means[1]?.accuracy ?? NaN))).toBeLessThan(0.006);
    expect(Math.abs((means[0]?.logLoss ?? NaN) - (means[1]?.logLoss ?? NaN))).toBeLessThan(0.02);
  });

  test("without bootstrap there is nothing to tell, and a note says so", async () => {
    const training = trainingSetOf(table);
    const all = { ...params, bootstrap: false };
    const { notes, outOfBag } = await extraTrees.fit(training, all, fitContext(1));
    expect(outOfBag).toBeUndefined();
    expect(notes).toEqual([
      "oob_score has nothing to tell without bootstrap: every tree was grown on every row",
    ]);
  });
});

test("ccp_alpha prunes every tree of a forest", async () => {
  const training = trainingSetOf(tableOf(fixture.cases[0] as ForestsCase, () => true));
  const sizes = [];
  for (const alpha of [0, 0.002, 0.02, 1]) {
    const params = { ...DEFAULTS, n_estimators: 4, bootstrap: true, ccp_alpha: alpha };
    const { model } = await randomForest.fit(training, params, fitContext(1));
    sizes.push((model as ForestModel).trees.feature.length);
  }
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  expect(new Set(sizes).size).toBe(4);
  expect(sizes[3]).toBe(4);
});
