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
  expect(plans.map(({ candidates, stages }) => ({ candidates, stages }))).toEqual([
    { candidates: [0], stages: null },
    { candidates: [1], stages: null },
    { candidates: [2, 3, 4], stages: [8, 32, 16] },
    { candidates: [5, 6, 7], stages: [8, 32, 16] },
  ]);
  expect(plans[2]?.params["n_estimators"]).toBe(32);
  expect(plans[3]?.params).toMatchObject({ n_estimators: 32, criterion: "entropy" });
});
