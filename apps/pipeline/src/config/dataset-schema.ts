import { isAbsolute, join, resolve } from "node:path";
import type { ClassSpec, DatasetSchema, FeatureSpec } from "@gillnet/entity";
import {
  checkDatasetSchema,
  missingMarkers,
  roleColumns,
  valueText,
} from "./check-dataset-schema.ts";
import type { ConfigNode, KeyPath, MapEntry, MapNode, Origin } from "./config-tree.ts";
import { childOf, mergeMaps, originAt, toPlain, withEntry } from "./config-tree.ts";
import type { ClassForm, DatasetSchemaForm } from "./dataset-schema-form.ts";
import { datasetSchemaForm } from "./dataset-schema-form.ts";
import { showValue } from "./describe-allowed.ts";
import { explainFaults } from "./explain-faults.ts";
import { isOriginalSchema, rewriteOriginalSchema } from "./original-schema.ts";
import type { ConfigProblem } from "./problem.ts";
import type { Environment } from "./read-environment.ts";
import { readYaml } from "./read-yaml.ts";
import { substituteVariables } from "./substitute-variables.ts";
import { validateAgainst } from "./validate-against.ts";

export interface DatasetSchemaPlace {
  /** Absolute: paths are relative to it. */
  readonly baseFolder: string;
  /** What messages call pipeline.yaml, and its folder. */
  readonly shownFile: string;
  readonly shownFolder: string;
  readonly environment: Environment;
}

export interface ReadDatasetSchema {
  /** Undefined when there are problems. */
  readonly schema: DatasetSchema | undefined;
  /** The tree that it was read from, variables filled in. */
  readonly root: ConfigNode;
  readonly usedVariables: ReadonlySet<string>;
  readonly problems: readonly ConfigProblem[];
}

/** The `schema` entry with a path alone written out as `{ file: path }`, so that keys can be set beside it. */
export function expandSchemaPath(entry: MapEntry): MapEntry {
  const { node } = entry;
  if (node.kind !== "scalar" || typeof node.value !== "string") return entry;
  const file: MapEntry = { keyOrigin: entry.keyOrigin, node };
  return {
    ...entry,
    node: { kind: "map", entries: new Map([["file", file]]), origin: node.origin },
  };
}

/**
 * Reads the `schema` part of pipeline.yaml: the path of a file, `file` with keys beside it that replace the
 * file's own, or the schema in place; our own form or the original's (see `rewriteOriginalSchema`).
 *
 * Values become text as cells are compared (`valueText`); values and markers are sorted, so that their
 * order changes no hash. Problems: all CONFIG_ codes but CONFIG_SET_SYNTAX.
 */
export async function readDatasetSchema(
  entry: MapEntry,
  place: DatasetSchemaPlace,
): Promise<ReadDatasetSchema> {
  const source = await findSchema(expandSchemaPath(entry).node, place);
  const { usedVariables } = source;
  if (source.root === undefined)
    return { schema: undefined, root: entry.node, usedVariables, problems: source.problems };

  const root = expandKinds(source.root);
  const problems: ConfigProblem[] = [...source.problems];
  const { value, faults } = validateAgainst(datasetSchemaForm, root);
  const prefixOf = (origin: Origin): KeyPath =>
    origin.kind === "file" && origin.file !== place.shownFile ? [] : ["schema"];
  problems.push(...explainFaults(faults, { root, schema: datasetSchemaForm, prefixOf }));
  if (problems.length > 0) return { schema: undefined, root, usedVariables, problems };

  const form = value as DatasetSchemaForm;
  for (const { path, message } of checkDatasetSchema(form, source.original)) {
    const origin = originAt(root, path, "value");
    problems.push({
      code: "CONFIG_SCHEMA_CONTRADICTION",
      message,
      origin,
      path: [...prefixOf(origin), ...path],
    });
  }
  const schema = problems.length > 0 ? undefined : toDatasetSchema(form, columnNames(root));
  return { schema, root, usedVariables, problems };
}

interface FoundSchema {
  /** Our own form; undefined when there is nothing to go on with. */
  readonly root: MapNode | undefined;
  /** It came in the original's form, which lists all columns of the table. */
  readonly original: boolean;
  readonly usedVariables: ReadonlySet<string>;
  readonly problems: readonly ConfigProblem[];
}

async function findSchema(node: ConfigNode, place: DatasetSchemaPlace): Promise<FoundSchema> {
  const none = { root: undefined, original: false, usedVariables: new Set<string>() };
  if (node.kind !== "map")
    return {
      ...none,
      problems: [
        {
          code: "CONFIG_VALUE_INVALID",
          message: `schema must be the path of a schema file, or a map with columns and label, got ${showValue(toPlain(node))}`,
          origin: node.origin,
          path: ["schema"],
        },
      ],
    };
  const file = childOf(node, "file");
  if (file === undefined) return { ...none, ...inOwnForm(node) };
  if (file.kind !== "scalar" || typeof file.value !== "string" || file.value.trim() === "")
    return {
      ...none,
      problems: [
        {
          code: "CONFIG_VALUE_INVALID",
          message: `schema.file must be the path of a schema file, got ${showValue(toPlain(file))}`,
          origin: file.origin,
          path: ["schema", "file"],
        },
      ],
    };

  const shown = isAbsolute(file.value) ? file.value : join(place.shownFolder, file.value);
  const read = await readYaml(resolve(place.baseFolder, file.value), shown, file.origin);
  if (read.root === undefined) return { ...none, problems: read.problems };
  const substituted = substituteVariables(read.root, place.environment);
  const { root, original, problems } = inOwnForm(substituted.root as MapNode);
  const merged = mergeMaps(root, withEntry(node, "file", undefined));
  const unlabelled = original && childOf(merged, "label") === undefined;
  return {
    root: unlabelled ? undefined : merged,
    original,
    usedVariables: substituted.used,
    problems: [
      ...substituted.problems,
      ...problems,
      ...(unlabelled
        ? [
            {
              code: "CONFIG_KEY_MISSING" as const,
              message: `${shown} is a list of columns and names no label; write schema: { file: ${file.value}, label: { column: ..., positive: ..., negative: ... } }`,
              origin: file.origin,
              path: ["schema", "label"],
            },
          ]
        : []),
    ],
  };
}

function inOwnForm(root: MapNode): {
  readonly root: MapNode;
  readonly original: boolean;
  readonly problems: readonly ConfigProblem[];
} {
  return isOriginalSchema(root)
    ? { ...rewriteOriginalSchema(root), original: true }
    : { root, original: false, problems: [] };
}

/** Writes `name: numeric` out as `name: { kind: numeric }`. */
function expandKinds(root: MapNode): MapNode {
  const columns = root.entries.get("columns");
  if (columns?.node.kind !== "map") return root;
  const entries = new Map<string, MapEntry>();
  for (const [name, entry] of columns.node.entries) {
    const { node, keyOrigin } = entry;
    entries.set(
      name,
      node.kind === "scalar"
        ? {
            keyOrigin,
            node: { kind: "map", entries: new Map([["kind", entry]]), origin: node.origin },
          }
        : entry,
    );
  }
  return withEntry(root, "columns", { ...columns, node: { ...columns.node, entries } });
}

function columnNames(root: MapNode): readonly string[] {
  const columns = childOf(root, "columns");
  return columns?.kind === "map" ? [...columns.entries.keys()] : [];
}

/** `names` are the keys of `form.columns` in the order of the file. */
function toDatasetSchema(form: DatasetSchemaForm, names: readonly string[]): DatasetSchema {
  const roles = roleColumns(form);
  const features: FeatureSpec[] = [];
  const ignored: string[] = [];
  for (const name of names) {
    const column = form.columns[name];
    if (column === undefined || roles.has(name)) continue;
    const { kind, values, minimum, maximum } = column;
    if (kind === "ignored") ignored.push(name);
    else if (kind === "categorical")
      features.push({
        kind,
        name,
        ...(values === undefined ? {} : { values: values.map(valueText).sort() }),
      });
    else
      features.push({
        kind,
        name,
        ...(values === undefined
          ? {}
          : { values: values.map((value) => Number(value) + 0).sort((a, b) => a - b) }),
        ...(minimum === undefined ? {} : { minimum: minimum + 0 }),
        ...(maximum === undefined ? {} : { maximum: maximum + 0 }),
      });
  }
  const { label, id, time, group, weight } = form;
  return {
    features,
    label: {
      column: label.column,
      positive: toClassSpec(label.positive),
      negative: toClassSpec(label.negative),
    },
    ignored,
    missingMarkers: missingMarkers(form.missing),
    ...(id === null ? {} : { id }),
    ...(time === null ? {} : { time }),
    ...(group === null ? {} : { group }),
    ...(weight === null ? {} : { weight }),
  };
}

function toClassSpec({ name, values }: ClassForm): ClassSpec {
  return { name, values: values === null ? null : values.map(valueText).sort() };
}
