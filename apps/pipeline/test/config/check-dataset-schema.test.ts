import {
  checkDatasetSchema,
  missingMarkers,
  roleColumns,
  valueText,
} from "../../src/config/check-dataset-schema.ts";
import type { DatasetSchemaForm } from "../../src/config/dataset-schema-form.ts";

const FORM: DatasetSchemaForm = {
  columns: { a: { kind: "numeric" }, y: { kind: "numeric" } },
  missing: ["NA", "?"],
  label: {
    column: "y",
    positive: { name: "bad", values: [1] },
    negative: { name: "good", values: null },
  },
  id: null,
  time: null,
  group: null,
  weight: null,
};

const paths = (form: Partial<DatasetSchemaForm>, complete = false): readonly string[] =>
  checkDatasetSchema({ ...FORM, ...form }, complete).map(({ path }) => path.join("."));

test("values are compared as cells are", () => {
  expect([1, -0, 0.5, "1.0", " red ", "007", "+2"].map(valueText)).toEqual([
    "1",
    "0",
    "0.5",
    "1",
    "red",
    "007",
    "2",
  ]);
});

test("markers are trimmed, once each, and never empty", () => {
  expect(missingMarkers(["NA", " ?", null, "", "NA", -999])).toEqual(["-999", "?", "NA"]);
});

test("a label's column and roles are found by name", () => {
  expect([...roleColumns({ ...FORM, id: "i", group: "g" })]).toEqual([
    ["y", ["label", "column"]],
    ["i", ["id"]],
    ["g", ["group"]],
  ]);
});

test.each<[string, Partial<DatasetSchemaForm>, readonly string[]]>([
  ["a sound schema", {}, []],
  ["columns of roles need not be listed", { id: "i", time: "t", group: "g", weight: "w" }, []],
  ["equal bounds", { columns: { a: { kind: "numeric", minimum: 1, maximum: 1 } } }, []],
  [
    "bounds that exclude all",
    { columns: { a: { kind: "numeric", minimum: 2, maximum: 1 } } },
    ["columns.a.minimum"],
  ],
  [
    "values and bounds",
    { columns: { a: { kind: "numeric", values: [1], maximum: 1 } } },
    ["columns.a.maximum"],
  ],
  [
    "bounds of categories",
    { columns: { a: { kind: "categorical", maximum: 1 } } },
    ["columns.a.maximum"],
  ],
  [
    "text values of numbers",
    { columns: { a: { kind: "numeric", values: [1, "2"] } } },
    ["columns.a.values.1"],
  ],
  [
    "one value written twice",
    { columns: { a: { kind: "categorical", values: ["1.0", "b", 1] } } },
    ["columns.a.values.2"],
  ],
  [
    "a value that counts as missing",
    { columns: { a: { kind: "categorical", values: ["b", "NA", ""] } } },
    ["columns.a.values.1", "columns.a.values.2"],
  ],
  [
    "rules of an ignored column",
    { columns: { a: { kind: "numeric" }, b: { kind: "ignored", maximum: 3 } } },
    ["columns.b.maximum"],
  ],
  ["no feature", { columns: { y: { kind: "numeric" }, i: { kind: "ignored" } } }, ["columns"]],
  [
    "an ignored label",
    { columns: { a: { kind: "numeric" }, y: { kind: "ignored" } } },
    ["label.column"],
  ],
  ["two roles of one column", { id: "i", weight: "i", time: "y" }, ["time", "weight"]],
  ["a role in another spelling", { group: "A" }, ["group"]],
  [
    "neither class has values",
    { label: { ...FORM.label, positive: { name: "bad", values: null } } },
    ["label"],
  ],
  [
    "one value of both classes",
    { label: { ...FORM.label, negative: { name: "good", values: [0, "1.0"] } } },
    ["label.negative.values.1"],
  ],
  [
    "a class value twice",
    { label: { ...FORM.label, positive: { name: "bad", values: [1, 1] } } },
    ["label.positive.values.1"],
  ],
  [
    "two classes of one name",
    { label: { ...FORM.label, positive: { name: "good", values: [1] } } },
    ["label.negative.name"],
  ],
])("%s", (_name, form, expected) => {
  expect(paths(form)).toEqual(expected);
});

test("where all columns are listed, a role must be one of them", () => {
  expect(paths({ id: "i" }, true)).toEqual(["id"]);
  expect(paths({}, true)).toEqual([]);
});

test("columns named like members of objects are columns", () => {
  expect(paths({ id: "constructor", group: "toString" })).toEqual([]);
  expect(paths({ id: "constructor" }, true)).toEqual(["id"]);
});
