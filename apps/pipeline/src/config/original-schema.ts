import { nearestName } from "@gillnet/entity";
import type { ConfigNode, MapEntry, MapNode, Origin } from "./config-tree.ts";
import { childOf, toPlain, withEntry } from "./config-tree.ts";
import { showValue } from "./describe-allowed.ts";
import type { ConfigProblem } from "./problem.ts";

/** What each pandas type is here. */
const NUMERIC_TYPE = /^(?:u?int(?:8|16|32|64)?|float(?:16|32|64)?)$/i;
const CATEGORICAL_TYPE = /^(?:object|str|string|category|bool|boolean)$/i;

/** True for the form of `schema.yaml` that the Python project has: `columns` is a list of `name: type`. */
export function isOriginalSchema(root: MapNode): boolean {
  return childOf(root, "columns")?.kind === "list";
}

/**
 * Rewrites the Python project's `schema.yaml` in our own form: each `name: type` of the list `columns`
 * becomes a column (int64 and float64 numeric; object and bool categorical), and
 * `numerical_columns` makes numeric what it names. Places are kept.
 * Problems: CONFIG_SCHEMA_CONTRADICTION, CONFIG_VALUE_INVALID.
 */
export function rewriteOriginalSchema(root: MapNode): {
  readonly root: MapNode;
  readonly problems: readonly ConfigProblem[];
} {
  const problems: ConfigProblem[] = [];
  const report = (code: ConfigProblem["code"], message: string, origin: Origin): void => {
    problems.push({ code, message, origin });
  };

  const columns = new Map<string, MapEntry>();
  for (const [index, item] of listItems(root, "columns").entries()) {
    const column = readColumn(item);
    if (column === undefined) {
      report(
        "CONFIG_VALUE_INVALID",
        `columns[${index}] must be 'name: type', got ${showValue(toPlain(item))}`,
        item.origin,
      );
      continue;
    }
    const { name, type } = column;
    const kind = NUMERIC_TYPE.test(type)
      ? "numeric"
      : CATEGORICAL_TYPE.test(type)
        ? "categorical"
        : undefined;
    if (kind === undefined)
      report(
        "CONFIG_VALUE_INVALID",
        `The type of '${name}' must be a pandas type of numbers (int64, float64), object, category or bool, got ${showValue(type)}`,
        item.origin,
      );
    else if (columns.has(name))
      report("CONFIG_SCHEMA_CONTRADICTION", `'${name}' is listed twice under columns`, item.origin);
    else columns.set(name, kindEntry(kind, item.origin));
  }

  for (const item of listItems(root, "numerical_columns")) {
    const name = item.kind === "scalar" ? String(item.value) : showValue(toPlain(item));
    if (columns.has(name)) columns.set(name, kindEntry("numeric", item.origin));
    else {
      const near = nearestName(name, [...columns.keys()]);
      report(
        "CONFIG_SCHEMA_CONTRADICTION",
        `numerical_columns names '${name}', which columns does not list${near === undefined ? "" : `; did you mean ${near}?`}`,
        item.origin,
      );
    }
  }

  const entry = root.entries.get("columns") as MapEntry;
  const rewritten = withEntry(root, "columns", {
    ...entry,
    node: { kind: "map", entries: columns, origin: entry.node.origin },
  });
  const taken = childOf(root, "numerical_columns")?.kind === "list";
  return {
    root: taken ? withEntry(rewritten, "numerical_columns", undefined) : rewritten,
    problems,
  };
}

function listItems(root: MapNode, key: string): readonly ConfigNode[] {
  const node = childOf(root, key);
  return node?.kind === "list" ? node.items : [];
}

function readColumn(
  item: ConfigNode,
): { readonly name: string; readonly type: string } | undefined {
  if (item.kind !== "map" || item.entries.size !== 1) return undefined;
  for (const [name, { node }] of item.entries)
    if (node.kind === "scalar" && typeof node.value === "string") return { name, type: node.value };
  return undefined;
}

function kindEntry(kind: "numeric" | "categorical", origin: Origin): MapEntry {
  return { keyOrigin: origin, node: { kind: "scalar", value: kind, plain: true, origin } };
}
