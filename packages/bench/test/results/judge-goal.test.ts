import type { SideResult } from "../../src/results/bench-result.ts";
import type { Goal } from "../../src/results/goals.ts";
import { GOALS } from "../../src/results/goals.ts";
import { judgeGoal } from "../../src/results/judge-goal.ts";
import { foldScores, resultOf, timing } from "./results.ts";

const goal: Goal = {
  id: "fast",
  title: "a fit",
  result: "train-hist",
  figure: "seconds",
  peer: "xgboost",
  goal: 4,
  floor: 2,
};
const gillnet = (seconds: number): SideResult => ({
  side: "gillnet",
  library: "Gillnet",
  model: "hist",
  timing: timing(seconds),
  peakMegabytes: 100,
});
const peer = (library: string, seconds: number): SideResult => ({
  side: "peer",
  library,
  model: "hist",
  timing: timing(seconds),
  peakMegabytes: 300,
});

test.each([
  [1, "met", 4],
  [2, "missed, above the floor", 2],
  [4, "missed", 1],
])("at %d seconds against 4 it is %s", (seconds, verdict, ratio) => {
  const sides = [gillnet(seconds), peer("xgboost", 4), peer("lightgbm", 100)];
  expect(judgeGoal(goal, [resultOf("train-hist", sides)])).toMatchObject({
    verdict,
    ratio,
    peer: { value: 4 },
  });
});

test("memory is judged alike, and the best of all peers where no one is named", () => {
  const sides = [gillnet(2), peer("xgboost", 9), peer("lightgbm", 8)];
  const results = [resultOf("train-hist", sides)];
  expect(judgeGoal({ ...goal, figure: "megabytes" }, results).ratio).toBe(3);
  expect(judgeGoal({ ...goal, peer: "best" }, results).ratio).toBe(4);
});

test("quality is judged by what is wrong, the best model of each side", () => {
  const side = (side: SideResult["side"], value: number): SideResult => ({
    side,
    library: side,
    model: "m",
    foldScores: foldScores(value),
  });
  const sides = [side("gillnet", 0.9), side("gillnet", 0.5), side("peer", 0.8), side("peer", 0.6)];
  const results = [resultOf("train-hist", sides)];
  const best = { ...goal, peer: "best" };
  expect(judgeGoal({ ...best, figure: "accuracy" }, results).ratio).toBeCloseTo(2, 12);
  expect(judgeGoal({ ...best, figure: "logLoss" }, results).ratio).toBeCloseTo(0.6 / 0.5, 12);
});

test("what has no figures is not measured", () => {
  expect(judgeGoal(goal, []).verdict).toBe("not measured");
  const failed: SideResult = { side: "gillnet", library: "Gillnet", model: "m", failure: "no" };
  const results = [resultOf("train-hist", [failed, peer("xgboost", 1)])];
  expect(judgeGoal(goal, results).verdict).toBe("not measured");
});

test("goals have ids of their own and floors beneath them", () => {
  expect(new Set(GOALS.map(({ id }) => id)).size).toBe(GOALS.length);
  for (const { goal, floor } of GOALS) expect(floor).toBeLessThan(goal);
});
