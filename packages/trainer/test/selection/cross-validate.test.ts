import type { ClassificationScores } from "@gillnet/entity";

import type { FitPlan } from "../../src/selection/candidates.ts";
import { crossValidate } from "../../src/selection/cross-validate.ts";
import type { ScoreTask } from "../../src/selection/run-task.ts";

const plans: readonly FitPlan[] = [
  { family: "decision_tree", fits: [{ params: {}, candidates: [0], stages: null }] },
  {
    family: "gradient_boosting",
    fits: [
      { params: { n_estimators: 160 }, candidates: [2, 1], stages: [16, 4] },
      { params: { n_estimators: 160 }, candidates: [3], stages: [7] },
    ],
  },
];

/** Scores that tell which task they came from. */
function scoresOf(value: number): ClassificationScores {
  return {
    accuracy: value,
    precision: 0,
    recall: 0,
    f1: 0,
    falsePositiveRate: 0,
    rocAuc: 0,
    logLoss: 0,
  };
}

function answerTo({ fold, fits }: ScoreTask): readonly ClassificationScores[] {
  return fits.flatMap(({ stages }) => (stages ?? [0]).map((stage) => scoresOf(100 * stage + fold)));
}

test("each candidate gets its scores fold by fold, whatever ends first", async () => {
  const started: ScoreTask[] = [];
  const waiting: (() => void)[] = [];
  const pool = {
    run: <Result>(task: unknown): Promise<Result> => {
      started.push(task as ScoreTask);
      const result = answerTo(task as ScoreTask) as Result;
      return new Promise((resolve) => waiting.push(() => resolve(result)));
    },
  };
  const scored: number[] = [];
  const shares: number[] = [];
  const running = crossValidate(
    pool,
    plans,
    {
      kind: "selection",
      folds: 3,
      share: 1 / 9,
      onScored: (candidate) => scored.push(candidate),
    },
    {
      threads: 6,
      now: () => new Date(0),
      onProgress: ({ share, done, of }) => {
        shares.push(share);
        expect(done).toBeLessThanOrEqual(of);
      },
    },
  );
  // The longest fits are handed in first.
  expect(started.map(({ family }) => family)).toEqual([
    ...new Array(3).fill("gradient_boosting"),
    ...new Array(3).fill("decision_tree"),
  ]);
  for (const task of started) expect(task).toMatchObject({ folds: "selection", share: 1 / 9 });
  for (const end of waiting.reverse()) end();
  const scores = await running;
  expect(scores.get(0)?.map((each) => each.accuracy)).toEqual([0, 1, 2]);
  expect(scores.get(1)?.map((each) => each.accuracy)).toEqual([400, 401, 402]);
  expect(scores.get(2)?.map((each) => each.accuracy)).toEqual([1600, 1601, 1602]);
  expect(scores.get(3)?.map((each) => each.accuracy)).toEqual([700, 701, 702]);
  expect(scored.sort()).toEqual([0, 1, 2, 3]);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});

test.each([
  [0, [0]],
  [2, [0]],
  [3, [0, 1, 2, 3]],
])("when %i further fits may start, candidates %j have all folds", async (most, finished) => {
  const started: string[] = [];
  let asked = 0;
  const pool = {
    run: <Result>(task: unknown): Promise<Result> => {
      const { family, fold } = task as ScoreTask;
      started.push(`${family} ${fold}`);
      return Promise.resolve(answerTo(task as ScoreTask) as Result);
    },
  };
  const scores = await crossValidate(
    pool,
    plans,
    { kind: "selection", folds: 3, share: 1, mayStart: () => asked++ < most },
    { threads: 2, now: () => new Date(0), onProgress: () => {} },
  );
  expect([...scores.keys()].sort()).toEqual(finished);
  // The first plan goes first, longer ones or not, and to its end.
  expect(started.slice(0, 3)).toEqual(["decision_tree 0", "decision_tree 1", "decision_tree 2"]);
  expect(started.length).toBe(3 + most);
});
