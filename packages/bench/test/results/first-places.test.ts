import type { SideResult } from "../../src/results/bench-result.ts";
import { firstPlaces } from "../../src/results/first-places.ts";
import { foldScores } from "./results.ts";

const side = (model: string, value?: number): SideResult => ({
  side: "peer",
  library: "xgboost",
  model,
  ...(value === undefined ? { failure: "no" } : { foldScores: foldScores(value) }),
});

test("the highest is first, the lowest by log loss, of equal ones the earlier", () => {
  const places = firstPlaces([side("a", 0.2), side("b", 0.9), side("c", 0.9), side("d")]);
  expect([...places].map(([metric, { model }]) => [metric, model])).toEqual([
    ["accuracy", "b"],
    ["rocAuc", "b"],
    ["logLoss", "a"],
    ["recallAt1Percent", "b"],
    ["recallAt01Percent", "b"],
  ]);
});

test("without figures nobody is", () => {
  expect(firstPlaces([side("a")]).size).toBe(0);
});
