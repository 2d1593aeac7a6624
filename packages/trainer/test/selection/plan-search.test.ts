import type { TrainerParams } from "../../src/params.ts";
import { planSearch } from "../../src/selection/plan-search.ts";

const search = { kind: "grid", candidates: 4, factor: 2, time_budget: null } as const;
const params: TrainerParams = {
  folds: 3,
  metric: "f1",
  search,
  ensemble: { kind: "none", members: null },
  families: {
    logistic_regression: { C: [0.1, 1, 10], max_iter: 100, standardize: true },
    adaboost: { learning_rate: [0.1, 1], n_estimators: [4, 8] },
  },
};

test("a grid tries all, in one round", () => {
  const { plan, description, notes } = planSearch(params, 1);
  expect(plan.candidates.length).toBe(7);
  expect(plan).toMatchObject({ metric: "f1", folds: 3, timeBudget: null });
  expect(plan.rounds).toEqual([{ share: 1, candidates: 7 }]);
  expect(description).toEqual({ kind: "grid", combinations: 7, candidates: 7, timeBudget: null });
  expect(notes).toEqual([]);
});

test("a random search draws by the seed", () => {
  const random = { ...params, search: { ...search, kind: "random" } } as const;
  const { plan, description } = planSearch(random, 1);
  expect(plan.candidates.length).toBe(4);
  expect(plan.rounds).toEqual([{ share: 1, candidates: 4 }]);
  expect(description).toMatchObject({ kind: "random", combinations: 7, candidates: 4 });
  expect(planSearch(random, 1)).toEqual({ ...planSearch(random, 1) });
  const drawn = Array.from({ length: 20 }, (_, seed) => planSearch(random, seed).plan.candidates);
  expect(new Set(drawn.map((each) => JSON.stringify(each))).size).toBeGreaterThan(5);
});

test("halving has its rounds and the limit of time", () => {
  const halving = { ...search, kind: "halving", time_budget: 9 } as const;
  const { plan } = planSearch({ ...params, search: halving }, 1);
  expect(plan.rounds.map((round) => round.candidates)).toEqual([4, 2, 1]);
  expect(plan.timeBudget).toBe(9);
});

test("more draws than there are combinations is said", () => {
  const many = { ...search, kind: "random", candidates: 9 } as const;
  const { plan, notes } = planSearch({ ...params, search: many }, 1);
  expect(plan.candidates.length).toBe(7);
  expect(notes).toEqual([
    "trainer.search.candidates asks for 9; the settings make 7, and all were tried",
  ]);
});

test("an ensemble of more members than there are families takes those that there are", () => {
  const ensemble = { kind: "average", members: 3 } as const;
  expect(planSearch({ ...params, ensemble }, 1).notes).toEqual([
    "trainer.ensemble.members asks for 3, each of another family; trainer.families has 2, and all took part",
  ]);
  const families = { ...params.families, adaboost: false } as const;
  expect(planSearch({ ...params, ensemble, families }, 1).notes).toEqual([]);
  expect(planSearch({ ...params, ensemble: { ...ensemble, members: 2 } }, 1).notes).toEqual([]);
});

test("no family is refused", () => {
  expect(() => planSearch({ ...params, families: {} }, 1)).toThrow(
    expect.objectContaining({ code: "TRAINER_NO_FAMILY" }),
  );
});
