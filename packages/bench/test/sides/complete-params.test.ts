import { completeParams, hasFamily, trainerDefaults } from "../../src/sides/complete-params.ts";

test("fills in the trainer's defaults, of several the first", () => {
  expect(completeParams("adaboost", { n_estimators: 3 })).toMatchObject({
    n_estimators: 3,
    learning_rate: 0.1,
  });
});

test("refuses what the trainer does not have", () => {
  expect(hasFamily("oracle")).toBe(false);
  expect(() => completeParams("oracle", {})).toThrow("no family 'oracle'");
  expect(() => completeParams("adaboost", { trees: 3 })).toThrow("no parameter 'trees'");
});

test("knows the trainer's other defaults", () => {
  expect(trainerDefaults()).toMatchObject({ folds: 5, metric: "log_loss" });
  expect(trainerDefaults()).not.toHaveProperty("families");
});
