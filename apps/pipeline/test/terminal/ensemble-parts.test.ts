import { ensembleParts } from "../../src/terminal/ensemble-parts.ts";

test("members are told by their weights or coefficients, other models have none", () => {
  expect(
    ensembleParts({ "a_b.weight": 0.7, "a_b.size": 3, "c.weight": 0.3, "c.kind": "weight" }),
  ).toEqual([
    { family: "a_b", part: 0.7 },
    { family: "c", part: 0.3 },
  ]);
  expect(ensembleParts({ intercept: 1, "c.coefficient": -2 })).toEqual([{ family: "c", part: -2 }]);
  expect(ensembleParts({ min_child_weight: 1, class_weight: null })).toEqual([]);
});
