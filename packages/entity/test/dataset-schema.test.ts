import { canonicalNumber, classOfLabel } from "../src/dataset-schema.ts";

test("canonicalNumber writes numbers as labels are compared", () => {
  expect([1, -1, 0.5, -0, 1e21].map(canonicalNumber)).toEqual(["1", "-1", "0.5", "0", "1e+21"]);
});

describe("classOfLabel", () => {
  const positive = { name: "fraud", values: ["fraud", "abuse"] };
  test("a value belongs to the class that names it", () => {
    const label = { column: "y", positive, negative: { name: "fine", values: ["ok"] } };
    expect(["fraud", "abuse", "ok", "other"].map((text) => classOfLabel(label, text))).toEqual([
      1,
      1,
      0,
      undefined,
    ]);
  });
  test("a class without values takes every other value", () => {
    const rest = { column: "y", positive, negative: { name: "fine", values: null } };
    expect(classOfLabel(rest, "anything")).toBe(0);
    const inverse = {
      column: "y",
      positive: { name: "bad", values: null },
      negative: { name: "ok", values: ["ok"] },
    };
    expect([classOfLabel(inverse, "ok"), classOfLabel(inverse, "x")]).toEqual([0, 1]);
  });
});
