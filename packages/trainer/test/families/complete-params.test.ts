import { completeParams } from "../../src/families/complete-params.ts";

test("parameters that are not given have their defaults, and null is a value", () => {
  const given = { learning_rate: 0.1, subsample: 1, n_estimators: 9, max_depth: null };
  const { family, params } = completeParams("gradient_boosting", given);
  expect(family.name).toBe("gradient_boosting");
  expect(params).toEqual({
    ...given,
    min_samples_leaf: 1,
    min_samples_split: 2,
    max_features: null,
    class_weight: null,
  });
  expect(completeParams("logistic_regression", {}).params).toEqual({
    C: 1,
    max_iter: 100,
    standardize: true,
    class_weight: null,
  });
});

test.each([
  ["TRAINER_UNKNOWN_FAMILY", "oracle", {}, "No family is called 'oracle'"],
  ["TRAINER_UNKNOWN_PARAM", "logistic_regression", { gamma: 1 }, "no parameter 'gamma'"],
  ["TRAINER_PARAM_MISSING", "decision_tree", {}, "needs a value for 'criterion'"],
])("%s", (code, family, params, message) => {
  expect(() => completeParams(family, params)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  );
});
