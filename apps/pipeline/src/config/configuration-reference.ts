import { datasetSchemaForm } from "./dataset-schema-form.ts";
import { describeAllowed } from "./describe-allowed.ts";
import type { JsonSchema, SchemaKey } from "./json-schema.ts";
import { listKeys } from "./json-schema.ts";
import { pipelineConfigSchema } from "./pipeline-config.ts";

/** Markdown of every key of pipeline.yaml: what it takes, its default and its meaning. Generated from the JSON Schemas. */
export function configurationReference(): string {
  const sections = Object.entries(pipelineConfigSchema.properties ?? {});
  const plain = sections.filter(([, schema]) => schema.properties === undefined);
  const lines = [
    "# Configuration",
    "",
    "Generated from the JSON Schemas of the stages; edit those.",
    "",
    ...INTRODUCTION,
    "",
    "## Top level",
    "",
    ...table(
      plain.map(([name, schema]) => ({
        path: [name],
        schema,
        required: pipelineConfigSchema.required?.includes(name) ?? false,
      })),
    ),
  ];
  for (const [name, schema] of sections)
    if (name === "schema") lines.push("", ...datasetSection());
    else if (schema.properties !== undefined)
      lines.push("", `## ${name}`, "", ...sentence(schema), ...table(listKeys(schema, [name])));
  return `${lines.join("\n")}\n`;
}

const INTRODUCTION = [
  "- `--set a.b.c=value` sets any key for one run: numbers, `true`, `false`, `null`, lists `[1, 2]` and maps `{a: 1}` as in YAML, else text.",
  "- `${NAME}` and `${NAME:-default}` in a value are filled in from the environment, or from `.env` beside pipeline.yaml; `$${` stands for `${`. Without quotes the result is read as YAML reads it (`42` is a number), in quotes it is text.",
  "- A key left empty counts as not given. Unknown keys and wrong values stop the run before anything starts.",
  "- Paths are relative to pipeline.yaml.",
];

const DATASET_FORMS = [
  "The dataset schema is in place, or in a file: `schema: schema.yaml`. With `schema: { file: schema.yaml, label: ... }` the keys beside `file` replace the file's own.",
  "",
  "A file whose `columns` is a list of `name: type` (`int64`, `float64`, `object`, ...), perhaps with `numerical_columns`, is read as it is; it names no label, so `label` stands beside `file`.",
  "",
  "The columns of the roles (label, id, time, group, weight) may be listed under `columns` or not; they are never features.",
];

function datasetSection(): readonly string[] {
  return ["## schema", "", ...DATASET_FORMS, "", ...table(listKeys(datasetSchemaForm, ["schema"]))];
}

function table(keys: readonly SchemaKey[]): readonly string[] {
  return [
    "| key | takes | default | meaning |",
    "| --- | --- | --- | --- |",
    ...keys.map(
      ({ path, schema, required }) =>
        `| \`${path.join(".")}\` | ${cell(describeAllowed(schema))} | ${cell(defaultOf(schema, required))} | ${cell(schema.description ?? "")} |`,
    ),
  ];
}

function defaultOf(schema: JsonSchema, required: boolean): string {
  if (schema.default === undefined) return required ? "must be given" : "none";
  // The default of a map is what its keys say.
  if (schema.properties !== undefined && Object.keys(schema.default ?? {}).length === 0) return "";
  return `\`${typeof schema.default === "string" ? schema.default : JSON.stringify(schema.default)}\``;
}

function sentence({ description }: JsonSchema): readonly string[] {
  return description === undefined ? [] : [`${description}.`, ""];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
