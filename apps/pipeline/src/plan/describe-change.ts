import { canonicalJson } from "@gillnet/entity/node";
import type { StageKey } from "./stage-key.ts";

/** The parts of a key that a change can be in. */
export type KeyParts = Pick<StageKey, "code" | "params" | "inputs">;

const LONGEST_VALUE = 60;
const MOST_PARAMS = 5;

/** What differs between two keys of a stage, a phrase each: the params with both values, then code, then inputs. */
export function describeChange(before: KeyParts, after: KeyParts): string[] {
  return [
    ...describeParams(flatten(before.params), flatten(after.params)),
    ...describeCode(before.code, after.code),
    ...changedNames(before.inputs, after.inputs).map((name) =>
      name === "source" ? "source content" : `output of ${name}`,
    ),
  ];
}

function describeParams(before: Map<string, string>, after: Map<string, string>): string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path) !== after.get(path),
  );
  const phrases = paths
    .slice(0, MOST_PARAMS)
    .map((path) => `params: ${path} ${shorten(before.get(path))} -> ${shorten(after.get(path))}`);
  const others = paths.length - phrases.length;
  return others > 0
    ? [...phrases, `params: ${others} more ${others === 1 ? "differs" : "differ"}`]
    : phrases;
}

function describeCode(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] {
  return changedNames(before, after).map((name) =>
    name.startsWith("@gillnet/")
      ? `code of ${name.slice("@gillnet/".length)}`
      : `${name} ${before[name] ?? "(none)"} -> ${after[name] ?? "(none)"}`,
  );
}

function changedNames(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]).sort();
}

/**
 * Every setting by its path (`trainer.families.random_forest.n_estimators`) with its value as text.
 * A list of named things counts by name (`schema.features.port.minimum`), any other list as one value.
 */
function flatten(value: unknown, path = "", into = new Map<string, string>()): Map<string, string> {
  const members = membersOf(value);
  if (members === undefined) into.set(path, canonicalJson(value));
  else {
    for (const [name, member] of members) {
      if (member !== undefined) flatten(member, path === "" ? name : `${path}.${name}`, into);
    }
  }
  return into;
}

function membersOf(value: unknown): [string, unknown][] | undefined {
  if (value === null || typeof value !== "object") return undefined;
  if (!Array.isArray(value)) return Object.entries(value);
  const named = value.map((item: unknown): [string, unknown] => [nameOf(item) ?? "", item]);
  const names = new Set(named.map(([name]) => name));
  return named.length > 0 && names.size === named.length && !names.has("") ? named : undefined;
}

function nameOf(item: unknown): string | undefined {
  const name = (item as { name?: unknown } | null | undefined)?.name;
  return typeof name === "string" ? name : undefined;
}

function shorten(text: string | undefined): string {
  if (text === undefined) return "(not set)";
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 3)}...`;
}
