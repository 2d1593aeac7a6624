import type { Family } from "../family.ts";
import { fitLogisticModel } from "./fit-logistic-model.ts";

/** Logistic regression with an L2 penalty on all but the intercept: see fitLogisticModel. */
export const logisticRegression: Family = {
  name: "logistic_regression",
  title: "logistic regression",
  reads: "values",
  paramNames: ["C", "max_iter", "standardize", "class_weight"],
  fit({ x, features, targets }, params) {
    const maxSteps = params["max_iter"] as number;
    const { model, converged } = fitLogisticModel(x, features, targets, {
      c: params["C"] as number,
      maxSteps,
      standardize: params["standardize"] === true,
    });
    return {
      model,
      notes: converged
        ? []
        : [
            `Logistic regression stopped after ${maxSteps} ${maxSteps === 1 ? "step" : "steps"}, short of its minimum: raise max_iter`,
          ],
    };
  },
  effort: () => 8,
};
