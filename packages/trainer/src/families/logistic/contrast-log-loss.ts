import type { LogisticRows } from "../../engine/logistic/logistic-rows.ts";
import type { ContrastDesign } from "./contrast-design.ts";
import type { ConvexObjective } from "./newton.ts";

/**
 * The same function as penalisedLogLoss, of the fewer parameters of a contrast design, with its second derivative as a
 * matrix.
 */
export function contrastLogLoss(
  design: ContrastDesign,
  rows: LogisticRows,
  c: number,
): ConvexObjective {
  const { parameters } = design;
  const halfPenalty = 1 / (2 * c * rows.totalWeight);
  const { curvature, width } = rows;
  return {
    parameters,
    evaluate(at, gradient) {
      const loss = rows.evaluate(at, gradient);
      return loss + design.addSquares(at, halfPenalty, gradient);
    },
    curvature: {
      diagonal(diagonal) {
        rows.findCurvature();
        design.addCurvature(halfPenalty, curvature, width);
        // Margins beyond 700 leave the intercept no curvature at all.
        for (let k = 0; k < parameters; k++) {
          diagonal[k] = Math.max(curvature[k * width + k] as number, 1e-300);
        }
      },
      times(vector, product) {
        for (let i = 0; i < parameters; i++) {
          let sum = 0;
          for (let j = 0; j < parameters; j++) {
            const cell = j <= i ? i * width + j : j * width + i;
            sum += (curvature[cell] as number) * (vector[j] as number);
          }
          product[i] = sum;
        }
      },
      solve: (vector) => rows.solve(vector),
    },
  };
}
