import { Ajv } from "ajv";
import { datasetSchemaForm } from "../../src/config/dataset-schema-form.ts";
import type { JsonSchema } from "../../src/config/json-schema.ts";
import { listKeys } from "../../src/config/json-schema.ts";
import { pipelineConfigSchema } from "../../src/config/pipeline-config.ts";

describe.each<[string, JsonSchema]>([
  ["pipeline.yaml", pipelineConfigSchema],
  ["the dataset schema", datasetSchemaForm],
])("the JSON Schema of %s", (_name, schema) => {
  test("is a valid draft 7 schema (start-up trusts it)", () => {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true, useDefaults: true });
    expect(ajv.validateSchema(schema)).toBe(true);
    ajv.compile(schema);
  });

  test("says of every key what it means, and lets no unknown key through", () => {
    const open = listKeys(schema)
      .filter(({ path, schema }) => path.at(-1) !== "<name>" && (schema.description ?? "") === "")
      .map(({ path }) => path.join("."));
    expect(open).toEqual([]);
    const loose = listKeys(schema)
      .filter(
        ({ schema }) => schema.properties !== undefined && schema.additionalProperties !== false,
      )
      .map(({ path }) => path.join("."));
    expect(loose).toEqual([]);
  });

  test("has only defaults that it allows itself", () => {
    const ajv = new Ajv({ strict: false });
    const wrong = listKeys(schema)
      .filter(({ schema }) => schema.default !== undefined && schema.properties === undefined)
      .filter(({ schema }) => !ajv.validate(schema, schema.default))
      .map(({ path }) => path.join("."));
    expect(wrong).toEqual([]);
  });
});
