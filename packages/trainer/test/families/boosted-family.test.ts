import { readFileSync } from "node:fs";

import { predictProbabilities } from "@gillnet/model-bundle";
import type { BoostingModel } from "@gillnet/model-bundle";

import type { Family } from "../../src/families/family.ts";
import { familyNamed } from "../../src/families/registry.ts";
import { fitContext } from "../fit-context.ts";
import { trainingSetOf } from "../random-table.ts";

interface BoostingCase {
  readonly name: string;
  readonly family: string;
  readonly params: Readonly<Record<string, number>>;
  readonly x: readonly (readonly number[])[];
  readonly unseen: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly weight: readonly number[];
  readonly stages: readonly number[];
  readonly probabilities: readonly (readonly number[])[];
  readonly decisions: readonly (readonly number[])[] | null;
}

const fixture = new URL("../fixtures/boosting.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, "utf8")) as { cases: readonly BoostingCase[] };

const DEFAULTS = { subsample: 1, max_features: null, min_samples_leaf: 1, min_samples_split: 2 };

test.each(cases)("scikit-learn answers the same at every size: $family, $name", async (wanted) => {
  const { x, unseen, y, weight, stages } = wanted;
  const cols = x[0]?.length ?? 0;
  const matrix = (rows: BoostingCase["x"]): Parameters<typeof predictProbabilities>[1] => ({
    data: Float64Array.from(rows.flat()),
    rows: rows.length,
    cols,
  });
  const features = Array.from({ length: cols }, (_, i) => ({
    kind: "numeric" as const,
    name: `${i}`,
  }));
  const training = trainingSetOf({ x: matrix(x), features, labels: Uint8Array.from(y) }, weight);
  const family = familyNamed(wanted.family);
  const params = { ...DEFAULTS, ...wanted.params, n_estimators: stages.at(-1) as number };
  const model = (await family.fit(training, params, fitContext(0))).model as BoostingModel;
  const staged = family.staged as NonNullable<Family["staged"]>;
  const rows = matrix([...x, ...unseen]);
  stages.forEach((stage, i) => {
    const answers = predictProbabilities(staged.firstMembers(model, stage), rows);
    answers.forEach((p, row) => {
      expect(Math.abs(p - (wanted.probabilities[i]?.[row] as number))).toBeLessThan(1e-9);
      // For two classes AdaBoost's probability is the logistic function of its decision.
      const decision = wanted.decisions?.[i]?.[row];
      if (decision !== undefined) expect(Math.log(p / (1 - p))).toBeCloseTo(decision, 8);
    });
  });
});
