import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatasetSchema } from "@gillnet/entity";
import type { MapEntry } from "../../src/config/config-tree.ts";
import type { ReadDatasetSchema } from "../../src/config/dataset-schema.ts";
import { readDatasetSchema } from "../../src/config/dataset-schema.ts";
import { treeOf } from "./tree-of.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "schema-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function read(text: string, environment: Record<string, string> = {}): Promise<ReadDatasetSchema> {
  return readDatasetSchema(treeOf(text).entries.get("schema") as MapEntry, {
    baseFolder: folder,
    shownFile: "t.yaml",
    shownFolder: ".",
    environment,
  });
}

const LABEL =
  "label: { column: y, positive: { name: bad, values: [1] }, negative: { name: good } }";
const LABEL_SPEC: DatasetSchema["label"] = {
  column: "y",
  positive: { name: "bad", values: ["1"] },
  negative: { name: "good", values: null },
};

test("in place: kinds, rules, roles, markers, in the order of the file", async () => {
  const { schema, problems } = await read(`
schema:
  columns:
    z: numeric
    "10": { kind: numeric, values: [1, -0.0, -1] }
    "2": { kind: numeric, minimum: 0, maximum: 1.5 }
    colour: { kind: categorical, values: [red, 1.0, green, "007"] }
    note: ignored
    y: { kind: numeric, values: [1, 2] }
    seen: categorical
    extra: ignored
  missing: [NA, "", ~, -9]
  ${LABEL}
  id: row
  time: seen
  group: site
  weight: copies
`);
  expect(problems).toEqual([]);
  expect(schema).toEqual({
    features: [
      { kind: "numeric", name: "z" },
      { kind: "numeric", name: "10", values: [-1, 0, 1] },
      { kind: "numeric", name: "2", minimum: 0, maximum: 1.5 },
      { kind: "categorical", name: "colour", values: ["007", "1", "green", "red"] },
    ],
    label: LABEL_SPEC,
    ignored: ["note", "extra"],
    missingMarkers: ["-9", "NA"],
    id: "row",
    time: "seen",
    group: "site",
    weight: "copies",
  });
});

test("without roles and markers the defaults hold", async () => {
  const { schema } = await read(`schema:\n  columns: { a: numeric }\n  ${LABEL}\n  id:\n`);
  expect(schema).toEqual({
    features: [{ kind: "numeric", name: "a" }],
    label: LABEL_SPEC,
    ignored: [],
    missingMarkers: ["?", "NA", "NaN", "na"],
  });
});

test("from a file, with its own variables", async () => {
  await writeFile(
    join(folder, "s.yaml"),
    "columns: { a: { kind: numeric, maximum: ${TOP} } }\nlabel: { column: y, positive: { name: bad, values: [1] }, negative: { name: '${GOOD_KEY:-good}' } }\n",
  );
  const { schema, usedVariables } = await read("schema: s.yaml\n", { TOP: "7" });
  expect(schema?.features).toEqual([{ kind: "numeric", name: "a", maximum: 7 }]);
  expect([...usedVariables]).toEqual(["TOP"]);
  expect((await read(`schema: ${join(folder, "s.yaml")}\n`, { TOP: "8" })).problems).toEqual([]);
});

test("keys beside the file replace its own", async () => {
  await writeFile(
    join(folder, "s.yaml"),
    "columns: { a: numeric, b: numeric }\nmissing: [NA]\nlabel: { column: x, positive: { name: bad, values: [9] }, negative: { name: good } }\n",
  );
  const { schema } = await read(
    "schema: { file: s.yaml, missing: [none], columns: { b: ignored, c: categorical }, label: { column: y, positive: { values: [1] } } }\n",
  );
  expect(schema).toEqual({
    features: [
      { kind: "numeric", name: "a" },
      { kind: "categorical", name: "c" },
    ],
    label: LABEL_SPEC,
    ignored: ["b"],
    missingMarkers: ["none"],
  });
});

test("the original's form, with the label beside it", async () => {
  await writeFile(
    join(folder, "schema.yaml"),
    "columns:\n  - a: int64\n  - b: object\n  - y: int64\nnumerical_columns:\n  - a\n  - y\n",
  );
  const { schema, problems } = await read(`schema:\n  file: schema.yaml\n  ${LABEL}\n`);
  expect(problems).toEqual([]);
  expect(schema).toMatchObject({
    features: [
      { kind: "numeric", name: "a" },
      { kind: "categorical", name: "b" },
    ],
    label: LABEL_SPEC,
  });
});

test("faults are named by the file that they are in", async () => {
  await writeFile(join(folder, "s.yaml"), "columns:\n  a: numerc\n");
  const { schema, problems } = await read("schema:\n  file: s.yaml\n  label: { column: 3 }\n");
  expect(schema).toBeUndefined();
  const places = problems.map(({ origin, path }) => [
    origin.kind === "file" ? `${origin.file}:${origin.line}` : "",
    path?.join("."),
  ]);
  expect(places.sort()).toEqual([
    ["s.yaml:2", "columns.a.kind"],
    ["t.yaml:3", "schema.label.column"],
    ["t.yaml:3", "schema.label.negative"],
    ["t.yaml:3", "schema.label.positive"],
  ]);
});

test.each(["schema: ''\n", "schema: { file: }\n", "schema: { file: [a] }\n"])(
  "%s names no file",
  async (text) => {
    expect((await read(text)).problems).toMatchObject([
      { code: "CONFIG_VALUE_INVALID", path: ["schema", "file"] },
    ]);
  },
);
