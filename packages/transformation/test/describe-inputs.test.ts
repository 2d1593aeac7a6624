import type { ClassSpec, DatasetSchema } from "@gillnet/entity";
import { describeClasses, describeFeatures } from "../src/describe-inputs.ts";
import { categorical, ingestedPart, numeric } from "./ingested-part.ts";

test("numeric features stay as they are, categorical ones get the categories that occur", () => {
  const city = categorical("city", ["Ulm", null, "Bonn"]);
  const columns = [
    numeric("age", [1, 2, 3]),
    // A dictionary shared with other rows: "Rom" does not occur in these.
    { ...city, categories: ["Bonn", "Rom", "Ulm"], codes: Int32Array.of(2, -1, 0) },
  ];
  const features = describeFeatures(
    [
      { kind: "categorical", name: "city", values: ["Ulm", "Rom", "Bonn"] },
      { kind: "numeric", name: "age", minimum: 0 },
    ],
    { columns, rowCount: 3 },
  );
  expect(features).toEqual([
    {
      kind: "categorical",
      name: "city",
      values: ["Ulm", "Rom", "Bonn"],
      categories: ["Bonn", "Ulm"],
    },
    { kind: "numeric", name: "age", minimum: 0 },
  ]);
});

describe("describeClasses", () => {
  const labelsOf = (
    positive: ClassSpec["values"],
    negative: ClassSpec["values"],
    labels: string[],
  ) => {
    const schema: DatasetSchema = {
      features: [],
      label: {
        column: "y",
        positive: { name: "spam", values: positive },
        negative: { name: "ham", values: negative },
      },
      ignored: [],
      missingMarkers: [],
    };
    const { positive: p, negative: n } = describeClasses(schema, ingestedPart(schema, labels, []));
    expect([p.name, n.name]).toEqual(["spam", "ham"]);
    return [p.label, n.label];
  };

  test("one value means the class: its own, a number where it is one", () => {
    expect(labelsOf(["-1"], ["1"], ["1", "-1"])).toEqual([-1, 1]);
    expect(labelsOf(["yes"], ["0.5"], ["yes", "0.5"])).toEqual(["yes", 0.5]);
    expect(labelsOf(["007"], ["1e3"], ["007", "1e3"])).toEqual(["007", "1e3"]);
  });

  test("several values mean the class: its name", () => {
    expect(labelsOf(["1", "2"], ["0"], ["1", "0"])).toEqual(["spam", 0]);
  });

  test("a class that takes every other value goes by what occurs", () => {
    expect(labelsOf(["-1"], null, ["1", "-1", "1"])).toEqual([-1, 1]);
    expect(labelsOf(null, ["ok"], ["dos", "ok", "scan"])).toEqual(["spam", "ok"]);
  });
});
