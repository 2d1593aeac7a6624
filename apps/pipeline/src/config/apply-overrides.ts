import type { ConfigNode, MapNode, Origin } from "./config-tree.ts";
import { withEntry } from "./config-tree.ts";
import { parseYaml, resolvePlainScalar } from "./parse-yaml.ts";
import type { ConfigProblem } from "./problem.ts";

/**
 * The tree with the values of `--set a.b.c=value` flags in it, the later flag over the earlier. What is
 * set replaces what was there, whole; maps on the way are made where there are none. A key with dots is
 * written in double quotes: schema.columns."a.b"=ignored.
 *
 * A value that begins with [, {, " or ' is read as a YAML list, map or text; any other is read as a YAML
 * scalar without quotes (a number, true, false, null, nothing at all for null, else the text as it is).
 * Whether the keys exist is for the validation to say. Problems: CONFIG_SET_SYNTAX.
 */
export function applyOverrides(
  root: MapNode,
  overrides: readonly string[],
): { readonly root: MapNode; readonly problems: readonly ConfigProblem[] } {
  let tree = root;
  const problems: ConfigProblem[] = [];
  for (const flag of overrides) {
    const origin: Origin = { kind: "flag", flag };
    const outcome = readOverride(flag, origin);
    if ("fault" in outcome)
      problems.push({ code: "CONFIG_SET_SYNTAX", message: outcome.fault, origin });
    else tree = setAt(tree, outcome.path, outcome.value, origin);
  }
  return { root: tree, problems };
}

const SEGMENT = /(?:"((?:[^"\\]|\\.)*)"|([^\s.="'[\]{}]+))(?=[.=]|$)/y;

function readOverride(
  flag: string,
  origin: Origin,
):
  | { readonly path: readonly [string, ...string[]]; readonly value: ConfigNode }
  | { readonly fault: string } {
  const path: string[] = [];
  let end = 0;
  do {
    SEGMENT.lastIndex = end === 0 ? 0 : end + 1;
    const match = SEGMENT.exec(flag);
    if (match === null)
      return {
        fault:
          flag.includes("=") && !flag.startsWith("=")
            ? "Before the = must be names with dots between them; put a name with other signs in double quotes"
            : "Not of the form key=value",
      };
    path.push(match[1]?.replace(/\\(.)/g, "$1") ?? (match[2] as string));
    end = SEGMENT.lastIndex;
  } while (flag[end] === ".");
  const [first, ...rest] = path;
  if (first === undefined || flag[end] !== "=") return { fault: "Not of the form key=value" };
  const value = readValue(flag.slice(end + 1).trim(), origin);
  return "fault" in value ? value : { path: [first, ...rest], value };
}

const CLOSED = { "[": "a list", "{": "a map", '"': "a quoted text", "'": "a quoted text" } as const;

function readValue(text: string, origin: Origin): ConfigNode | { readonly fault: string } {
  const opening = text[0];
  if (opening !== "[" && opening !== "{" && opening !== '"' && opening !== "'")
    return { kind: "scalar", value: resolvePlainScalar(text), plain: true, origin };
  const { root, problems } = parseYaml(text, () => origin);
  const [problem] = problems;
  if (problem !== undefined)
    return { fault: `${text} is not ${CLOSED[opening]}: ${problem.message}` };
  const kind = opening === "[" ? "list" : opening === "{" ? "map" : "scalar";
  if (root?.kind !== kind)
    return { fault: `${text} begins like ${CLOSED[opening]} and does not end as one` };
  return root;
}

function setAt(
  map: MapNode,
  [key, ...rest]: readonly [string, ...string[]],
  value: ConfigNode,
  origin: Origin,
): MapNode {
  const [next, ...further] = rest;
  if (next === undefined) return withEntry(map, key, { keyOrigin: origin, node: value });
  const below = map.entries.get(key);
  const child: MapNode =
    below?.node.kind === "map" ? below.node : { kind: "map", entries: new Map(), origin };
  return withEntry(map, key, {
    keyOrigin: below?.node.kind === "map" ? below.keyOrigin : origin,
    node: setAt(child, [next, ...further], value, origin),
  });
}
