import { readFileSync } from "node:fs";

import type { RowMajorF64 } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";
import type { ForestModel } from "@gillnet/model-bundle";

import { decisionTree } from "../../src/families/decision-tree.ts";
import { testClassifierContract } from "../classifier-contract.ts";
import { fitContext } from "../fit-context.ts";
import { trainingSetOf } from "../random-table.ts";

const PARAMS = {
  criterion: "gini",
  max_depth: null,
  min_samples_leaf: 1,
  min_samples_split: 2,
  ccp_alpha: 0,
};

testClassifierContract(decisionTree, PARAMS, 0.99);

interface TreeCase {
  readonly name: string;
  readonly x: readonly (readonly (number | null)[])[];
  readonly y: readonly number[];
  readonly weight: readonly number[];
  readonly params: Readonly<Record<string, string | number>>;
  readonly feature: readonly number[];
  readonly threshold: readonly (number | null)[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly missingLeft: readonly number[];
  readonly value: readonly number[];
  readonly cover: readonly number[];
}

const fixture = new URL("../fixtures/trees.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, "utf8")) as { cases: readonly TreeCase[] };

test.each(cases)("scikit-learn grows the same tree: $name", async (wanted) => {
  const cols = wanted.x[0]?.length ?? 0;
  const table = {
    x: {
      data: Float64Array.from(wanted.x.flat(), (cell) => cell ?? NaN),
      rows: wanted.x.length,
      cols,
    },
    features: Array.from({ length: cols }, (_, i) => ({ kind: "numeric" as const, name: `${i}` })),
    labels: Uint8Array.from(wanted.y),
  };
  const training = trainingSetOf(table, wanted.weight);
  const { model } = await decisionTree.fit(
    training,
    { ...PARAMS, ...wanted.params },
    fitContext(0),
  );
  const { trees } = model as ForestModel;
  expect(Array.from(trees.feature)).toEqual(wanted.feature);
  // A split of values from missing cells: infinite there, the largest number here; leaves: null there, 0 here.
  const thresholds = Array.from(trees.threshold, (bound, node) =>
    wanted.feature[node] === -1 || bound === Number.MAX_VALUE ? null : bound,
  );
  expect(thresholds).toEqual(wanted.threshold);
  expect(Array.from(trees.left)).toEqual(wanted.left);
  expect(Array.from(trees.right)).toEqual(wanted.right);
  expect(Array.from(trees.missingLeft)).toEqual(wanted.missingLeft);
  expect(Array.from(trees.cover)).toEqual(wanted.cover);
  trees.value.forEach((value, node) => expect(value).toBeCloseTo(wanted.value[node] as number, 14));
});

interface PrunedCase {
  readonly name: string;
  readonly x: readonly (readonly number[])[];
  readonly unseen: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly weight: readonly number[];
  readonly params: Readonly<Record<string, string | number>>;
  readonly stages: readonly {
    readonly alpha: number;
    readonly nodes: number;
    readonly answers: readonly number[];
  }[];
}

const prunedFixture = new URL("../fixtures/pruning.json", import.meta.url);
const pruned = JSON.parse(readFileSync(prunedFixture, "utf8")) as {
  cases: readonly PrunedCase[];
};

test.each(pruned.cases)("scikit-learn prunes to the same trees: $name", async (wanted) => {
  const matrix = (rows: readonly (readonly number[])[]): RowMajorF64 => ({
    data: Float64Array.from(rows.flat()),
    rows: rows.length,
    cols: 5,
  });
  const features = Array.from({ length: 5 }, (_, i) => ({
    kind: "numeric" as const,
    name: `${i}`,
  }));
  const x = matrix(wanted.x);
  const training = trainingSetOf({ x, features, labels: Uint8Array.from(wanted.y) }, wanted.weight);
  const asked = matrix([...wanted.x, ...wanted.unseen]);
  for (const { alpha, nodes, answers } of wanted.stages) {
    const params = { ...PARAMS, ...wanted.params, ccp_alpha: alpha };
    const { model } = await decisionTree.fit(training, params, fitContext(0));
    expect((model as ForestModel).trees.feature.length).toBe(nodes);
    predictProbabilities(model, asked).forEach((p, row) =>
      expect(p).toBeCloseTo(answers[row] as number, 12),
    );
  }
});
