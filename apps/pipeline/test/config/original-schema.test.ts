import { toPlain } from "../../src/config/config-tree.ts";
import { isOriginalSchema, rewriteOriginalSchema } from "../../src/config/original-schema.ts";
import { treeOf } from "./tree-of.ts";

const rewrite = (text: string): ReturnType<typeof rewriteOriginalSchema> =>
  rewriteOriginalSchema(treeOf(text));

test("is known by its list of columns", () => {
  expect(isOriginalSchema(treeOf("columns: [a: int64]\n"))).toBe(true);
  expect(isOriginalSchema(treeOf("columns: { a: numeric }\n"))).toBe(false);
  expect(isOriginalSchema(treeOf("label: { column: a }\n"))).toBe(false);
});

test("pandas types become kinds, and order is kept", () => {
  const { root, problems } = rewrite(
    "columns:\n  - b: int64\n  - a: float64\n  - 10: Int32\n  - c: object\n  - d: bool\n  - e: category\nnumerical_columns:\n  - b\n  - a\n  - 10\n  - c\n",
  );
  expect(problems).toEqual([]);
  expect(toPlain(root)).toEqual({
    columns: {
      b: "numeric",
      a: "numeric",
      10: "numeric",
      c: "numeric",
      d: "categorical",
      e: "categorical",
    },
  });
  const columns = root.entries.get("columns")?.node;
  expect(columns?.kind === "map" && [...columns.entries.keys()]).toEqual([
    "b",
    "a",
    "10",
    "c",
    "d",
    "e",
  ]);
});

test("other keys stay for the validation to judge", () => {
  expect(toPlain(rewrite("columns: [a: int]\nnumerical_columns: a\nother: 1\n").root)).toEqual({
    columns: { a: "numeric" },
    numerical_columns: "a",
    other: 1,
  });
});

test.each([
  ["columns: [a]\n", "CONFIG_VALUE_INVALID", "columns[0] must be 'name: type'", 11],
  [
    "columns: [{ a: int64, b: int64 }]\n",
    "CONFIG_VALUE_INVALID",
    "columns[0] must be 'name: type'",
    11,
  ],
  ["columns: [a: 3]\n", "CONFIG_VALUE_INVALID", "columns[0] must be 'name: type'", 11],
  ["columns: [a: datetime64]\n", "CONFIG_VALUE_INVALID", "The type of 'a' must be", 11],
  ["columns: [a: int64, a: int64]\n", "CONFIG_SCHEMA_CONTRADICTION", "'a' is listed twice", 21],
  [
    "{ columns: [ab: int64], numerical_columns: [abc] }\n",
    "CONFIG_SCHEMA_CONTRADICTION",
    "did you mean ab?",
    45,
  ],
])("%s is at fault", (text, code, message, column) => {
  expect(rewrite(text).problems).toMatchObject([
    { code, message: expect.stringContaining(message) as string, origin: { line: 1, column } },
  ]);
});
