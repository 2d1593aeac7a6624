import type { ClassificationScores } from "@gillnet/entity";

import type { Candidate } from "../../src/selection/candidates.ts";
import { halvingRounds, singleRound } from "../../src/selection/halving-rounds.ts";
import type { RankedCandidate } from "../../src/selection/leaderboard.ts";
import type { ScoreTask } from "../../src/selection/run-task.ts";
import { searchRounds } from "../../src/selection/search-rounds.ts";
import type { SearchPlan } from "../../src/selection/search-rounds.ts";

const FOLDS = 2;

/** Trees told apart by a number, of two families in turn; each its own fit. */
const candidates = Array.from({ length: 20 }, (_, id): Candidate => ({
  family: id % 2 === 0 ? "decision_tree" : "logistic_regression",
  params: { id },
}));

/** The loss of a candidate on so many rows: few rows tell less. */
function lossOf(id: number, share: number): number {
  return ((id * 7) % 20) / 20 + ((id * 13) % 5) * 0.1 * (1 - share);
}

const idOf = ({ params }: Pick<Candidate, "params">): number => params["id"] as number;

const idOfTask = ({ fits }: ScoreTask): number => idOf(fits[0]);

/** Runs a search over tasks that take one second each of a clock that nothing else moves. */
async function search(
  plan: Partial<SearchPlan>,
  threads: number = 1,
): Promise<{ board: readonly RankedCandidate[]; tasks: readonly ScoreTask[]; scored: string[] }> {
  const tasks: ScoreTask[] = [];
  const scored: string[] = [];
  let seconds = 0;
  const pool = {
    run: <Result>(task: unknown): Promise<Result> => {
      const { fits, share = 1 } = task as ScoreTask;
      const [{ params }] = fits;
      tasks.push(task as ScoreTask);
      seconds++;
      const scores = { logLoss: lossOf(params["id"] as number, share) } as ClassificationScores;
      return Promise.resolve([scores] as Result);
    },
  };
  const whole: SearchPlan = {
    candidates,
    rounds: singleRound(candidates.length),
    metric: "log_loss",
    folds: FOLDS,
    timeBudget: null,
    ...plan,
  };
  const clock = { spent: () => seconds / (whole.timeBudget ?? Infinity) };
  const context = { threads, now: () => new Date(0), onProgress: () => {} };
  const board = await searchRounds(pool, whole, clock, context, (ofFolds, round) =>
    scored.push(`${round} ${ofFolds.length}`),
  );
  return { board, tasks, scored };
}

test("one round ranks all candidates on all rows", async () => {
  const { board, tasks } = await search({});
  const expected = candidates.toSorted((a, b) => lossOf(idOf(a), 1) - lossOf(idOf(b), 1));
  expect(board.map(idOf)).toEqual(expected.map(idOf));
  expect(tasks.length).toBe(20 * FOLDS);
  expect(tasks.every(({ share }) => share === 1)).toBe(true);
  expect(board.every((entry) => !("trainingShare" in entry))).toBe(true);
});

test.each([2, 3, 5])("halving by %i leaves those behind that a naive one does", async (factor) => {
  const rounds = halvingRounds(20, factor);
  const { board, tasks, scored } = await search({ rounds });
  // Naive: sort, keep the first, and go on with more rows.
  let left = candidates.map(idOf);
  const groups: number[][] = [];
  rounds.forEach(({ share }, round) => {
    const sorted = left.toSorted((a, b) => lossOf(a, share) - lossOf(b, share) || a - b);
    const kept = sorted.slice(0, rounds[round + 1]?.candidates ?? 0);
    groups.unshift(sorted.filter((id) => !kept.includes(id)));
    expect(tasks.filter((task) => task.share === share).length).toBe(left.length * FOLDS);
    expect(scored.filter((each) => each === `${round} ${FOLDS}`).length).toBe(left.length);
    left = kept;
  });
  expect(board.map(idOf)).toEqual(groups.flat());
  const shares = board.map(({ trainingShare }) => trainingShare ?? 1);
  expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  expect(board.filter(({ trainingShare }) => trainingShare === undefined).length).toBe(
    rounds.at(-1)?.candidates,
  );
});

test.each([1, 3])("the number of threads (%i) changes nothing", async (threads) => {
  const rounds = halvingRounds(20, 3);
  expect((await search({ rounds }, threads)).board).toEqual((await search({ rounds })).board);
});

describe("a limit of time", () => {
  test("families take turns, and candidates without all folds are left out", async () => {
    // 7 fits start: three candidates have both folds, the fourth one.
    const { board, tasks } = await search({ timeBudget: 7 });
    expect(tasks.map(idOfTask)).toEqual([0, 0, 1, 1, 2, 2, 3]);
    expect(board.map(idOf).sort()).toEqual([0, 1, 2]);
  });

  test("one candidate is always scored, however little time there is", async () => {
    const { board } = await search({ timeBudget: 0.001 });
    expect(board.map(idOf)).toEqual([0]);
  });

  test("that does not run out changes nothing but the order of the fits", async () => {
    const rounds = halvingRounds(20, 3);
    const { board } = await search({ rounds, timeBudget: 1e6 });
    expect(board).toEqual((await search({ rounds })).board);
  });

  test("in halving, the leader alone goes on to all rows", async () => {
    const rounds = halvingRounds(20, 3);
    expect(rounds.map((round) => round.candidates)).toEqual([20, 7, 3]);
    // Round 0 takes 40 fits; then time is up in the midst of round 1.
    const { board, tasks } = await search({ rounds, timeBudget: 45 });
    expect(board.length).toBe(20);
    const first = candidates.toSorted((a, b) => lossOf(idOf(a), 1 / 9) - lossOf(idOf(b), 1 / 9));
    const inRound1 = tasks.slice(40, 45).map(idOfTask);
    expect(inRound1.slice(0, 2)).toEqual(
      [first[0], first[0]].map((each) => idOf(each as Candidate)),
    );
    const finished = [inRound1[0], inRound1[2]] as number[];
    const leader = finished.toSorted((a, b) => lossOf(a, 1 / 3) - lossOf(b, 1 / 3))[0];
    expect(tasks.slice(45).map((task) => [idOfTask(task), task.share])).toEqual([
      [leader, 1],
      [leader, 1],
    ]);
    expect(idOf(board[0] as RankedCandidate)).toBe(leader);
    expect(board.map(({ trainingShare }) => trainingShare)).toEqual([
      undefined,
      1 / 3,
      ...new Array<number>(18).fill(1 / 9),
    ]);
  });
});
