import type { Family } from "./family.ts";
import { logisticDesign } from "./logistic-design.ts";
import { minimize } from "./newton-cg.ts";
import { penalisedLogLoss } from "./penalised-log-loss.ts";

/**
 * Logistic regression with an L2 penalty on all but the intercept. It minimises scikit-learn's objective,
 * C * (sum of weight * log loss) + |coefficients|^2 / 2, divided by C and the total weight, over numeric
 * columns centred (and scaled to unit variance with `standardize`) and one indicator a category.
 */
export const logisticRegression: Family = {
  name: "logistic_regression",
  title: "logistic regression",
  reads: "values",
  paramNames: ["C", "max_iter", "standardize", "class_weight"],
  fit({ x, features, targets }, params) {
    const design = logisticDesign(x, features, targets, params["standardize"] === true);
    const maxSteps = params["max_iter"] as number;
    const { at, converged } = minimize(penalisedLogLoss(design, params["C"] as number), maxSteps);
    return {
      model: {
        kind: "logistic",
        intercept: at[0] as number,
        start: design.start,
        coefficients: at.slice(1),
        center: design.center,
        scale: design.scale,
      },
      notes: converged
        ? []
        : [
            `Logistic regression stopped after ${maxSteps} ${maxSteps === 1 ? "step" : "steps"}, short of its minimum: raise max_iter`,
          ],
    };
  },
  effort: () => 8,
};
