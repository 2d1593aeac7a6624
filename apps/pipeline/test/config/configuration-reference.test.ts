import { configurationReference } from "../../src/config/configuration-reference.ts";
import { datasetSchemaForm } from "../../src/config/dataset-schema-form.ts";
import { listKeys } from "../../src/config/json-schema.ts";
import { pipelineConfigSchema } from "../../src/config/pipeline-config.ts";

const TEXT = configurationReference();

test("every key has one line, with what it takes, its default and its meaning", () => {
  const rows = TEXT.split("\n").filter((line) => line.startsWith("| `"));
  const keys = [
    ...listKeys(pipelineConfigSchema).filter(
      ({ path, schema }) => path.length > 1 || schema.properties === undefined,
    ),
    ...listKeys(datasetSchemaForm, ["schema"]),
  ].map(({ path }) => path.join("."));
  expect(rows.map((row) => /^\| `([^`]+)`/.exec(row)?.[1]).sort()).toEqual(keys.sort());
  expect(rows).toContain(
    "| `gates.expected_score` | a number from 0 to 1 or null | `0.6` | Lowest F1 of the positive class on the test part; null switches the gate off |",
  );
  for (const row of rows) expect(row.replaceAll("\\|", "").split("|")).toHaveLength(6);
});

test("it is the same each time, and ends with a line end", () => {
  expect(configurationReference()).toBe(TEXT);
  expect(TEXT).toMatch(/^# Configuration\n[^]*[^\n]\n$/);
  expect(TEXT).not.toMatch(/undefined|\[object|\n\n\n/);
});
