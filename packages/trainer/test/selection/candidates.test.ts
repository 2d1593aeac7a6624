import { listCandidates, planFits } from "../../src/selection/candidates.ts";

const forest = {
  n_estimators: [8, 32, 16],
  criterion: ["gini", "entropy"],
  max_features: "sqrt",
  max_depth: null,
  min_samples_leaf: 1,
  min_samples_split: 2,
  bootstrap: true,
};
const tree = {
  criterion: ["entropy", "gini"],
  max_depth: null,
  min_samples_leaf: 1,
  min_samples_split: 2,
};

test("candidates come in order of preference, families that are off not at all", () => {
  const candidates = listCandidates({
    random_forest: forest,
    decision_tree: tree,
    logistic_regression: false,
  });
  expect(candidates.map((each) => each.family)).toEqual([
    ...new Array(2).fill("decision_tree"),
    ...new Array(6).fill("random_forest"),
  ]);
  expect(candidates[0]?.params["criterion"]).toBe("entropy");
  expect(listCandidates({ random_forest: null, decision_tree: false })).toEqual([]);
});

test("sizes of one ensemble share the fit of the largest", () => {
  const plans = planFits(listCandidates({ random_forest: forest, decision_tree: tree }));
  const fits = plans.flatMap((plan) => plan.fits);
  expect(plans.length).toBe(4);
  expect(fits.map(({ candidates, stages }) => ({ candidates, stages }))).toEqual([
    { candidates: [0], stages: null },
    { candidates: [1], stages: null },
    { candidates: [2, 3, 4], stages: [8, 32, 16] },
    { candidates: [5, 6, 7], stages: [8, 32, 16] },
  ]);
  expect(fits[2]?.params["n_estimators"]).toBe(32);
  expect(fits[3]?.params).toMatchObject({ n_estimators: 32, criterion: "entropy" });
});

test("learning rates of gradient boosting go side by side, samples do not", () => {
  const boosting = {
    learning_rate: [0.1, 0.3],
    subsample: [0.5, 1],
    n_estimators: [4, 8],
    max_depth: 3,
    min_samples_leaf: 1,
    min_samples_split: 2,
    max_features: null,
  };
  const plans = planFits(listCandidates({ gradient_boosting: boosting }));
  expect(plans.map(({ fits }) => fits.map(({ params }) => params["learning_rate"]))).toEqual([
    [0.1, 0.3],
    [0.1, 0.3],
  ]);
  expect(plans.map(({ fits }) => fits.map(({ candidates }) => candidates))).toEqual([
    [
      [0, 1],
      [4, 5],
    ],
    [
      [2, 3],
      [6, 7],
    ],
  ]);
});
