import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { applyOverrides } from "./apply-overrides.ts";
import { checkConfig } from "./check-config.ts";
import type { MapNode } from "./config-tree.ts";
import { withEntry } from "./config-tree.ts";
import { expandSchemaPath, readDatasetSchema } from "./dataset-schema.ts";
import { explainFaults } from "./explain-faults.ts";
import type { PipelineConfig } from "./pipeline-config.ts";
import { pipelineConfigSchema } from "./pipeline-config.ts";
import type { ConfigProblem } from "./problem.ts";
import { problemsError } from "./problem.ts";
import { readEnvironment } from "./read-environment.ts";
import type { Environment } from "./read-environment.ts";
import { readYaml } from "./read-yaml.ts";
import { collectSecrets } from "./secrets.ts";
import { substituteVariables } from "./substitute-variables.ts";
import { validateAgainst } from "./validate-against.ts";

export interface LoadConfigOptions {
  /** pipeline.yaml, absolute or relative to the working folder. */
  readonly path: string;
  /** `a.b=c`, one for each --set. */
  readonly overrides: readonly string[];
  readonly environment: Environment;
}

export interface LoadedConfig {
  readonly config: PipelineConfig;
  /** Absolute. */
  readonly file: string;
  /** The folder of `file`: relative paths in the configuration start here. */
  readonly baseFolder: string;
  /** Texts to redact from every log, longest first. */
  readonly secrets: readonly string[];
  /** The environment with what .env adds to it. Holds secrets. */
  readonly environment: Environment;
}

/**
 * Reads pipeline.yaml: YAML, then --set, then `${VARIABLES}` from the environment and the `.env` beside it,
 * then the dataset schema (in place or from its file), checked against the JSON Schemas of all stages, with
 * defaults filled in. Nothing else is read or run.
 *
 * Throws a PipelineError with all faults that were found, without secrets: of the fault's own CONFIG_ code
 * when there is one, CONFIG_INVALID with one a line when there are several.
 */
export async function loadConfig(options: LoadConfigOptions): Promise<LoadedConfig> {
  const file = resolve(options.path);
  const baseFolder = dirname(file);
  const shownFile = shownPath(file);

  const read = await readYaml(file, shownFile);
  // Nothing has come in from the environment yet, so there is no secret to keep.
  if (read.root === undefined) throw problemsError(read.problems, []);

  const { environment, problems: envProblems } = await readEnvironment(
    baseFolder,
    options.environment,
  );
  const overridden = applyOverrides(withSchemaMap(read.root as MapNode), options.overrides);
  const substituted = substituteVariables(overridden.root, environment);
  const root = substituted.root as MapNode;

  const { value, faults } = validateAgainst(pipelineConfigSchema, root);
  const schemaEntry = root.entries.get("schema");
  const dataset =
    schemaEntry === undefined
      ? undefined
      : await readDatasetSchema(schemaEntry, {
          baseFolder,
          shownFile,
          shownFolder: dirname(shownFile),
          environment,
        });

  const secrets = collectSecrets(
    environment,
    new Set([...substituted.used, ...(dataset?.usedVariables ?? [])]),
    [root, ...(dataset === undefined ? [] : [dataset.root])],
  );
  const problems = withoutConsequences([
    ...envProblems,
    ...overridden.problems,
    ...substituted.problems,
    ...explainFaults(faults, { root, schema: pipelineConfigSchema }),
    ...(dataset?.problems ?? []),
  ]);
  const schema = dataset?.schema;
  if (problems.length > 0 || schema === undefined) throw problemsError(problems, secrets);

  const config: PipelineConfig = { ...(value as PipelineConfig), schema };
  const contradictions = checkConfig(config, root);
  if (contradictions.length > 0) throw problemsError(contradictions, secrets);
  return { config, file, baseFolder, secrets, environment };
}

/** Relative to the working folder where that is shorter to read: people click on it. */
function shownPath(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith(`..${sep}`) || isAbsolute(path) ? file : path;
}

function withSchemaMap(root: MapNode): MapNode {
  const entry = root.entries.get("schema");
  return entry === undefined ? root : withEntry(root, "schema", expandSchemaPath(entry));
}

/** Without the value faults at places where a variable could not be filled in: they only follow from that. */
function withoutConsequences(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const place = ({ origin }: ConfigProblem): string => JSON.stringify(origin);
  const unfilled = new Set(
    problems.filter(({ code }) => code.startsWith("CONFIG_VARIABLE_")).map(place),
  );
  return problems.filter(
    (problem) => problem.code.startsWith("CONFIG_VARIABLE_") || !unfilled.has(place(problem)),
  );
}
