import type { PipelineError } from "@gillnet/entity";
import { bundleError } from "./bundle-error.ts";

/** Deeper values are refused: a header needs six. */
const MAX_DEPTH = 16;

/**
 * The one JSON text of a value: keys sorted by UTF-16 code unit, no white space, strings and numbers as
 * JSON.stringify writes them, -0 as 0. Members that are undefined are left out.
 *
 * @throws PipelineError BUNDLE_HEADER_MEMBER for a number that is not finite, for what JSON has no word
 *   for, and for a value nested deeper than 16 levels.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw refuse(`is nested deeper than ${MAX_DEPTH} levels`);
  if (value === null || typeof value === "string" || typeof value === "boolean") {
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw refuse(`holds the number ${value}`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(",")}]`;
  if (typeof value !== "object") throw refuse(`holds a ${typeof value}`);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${write(member, depth + 1)}`);
  return `{${members.join(",")}}`;
}

function refuse(what: string): PipelineError {
  return bundleError("BUNDLE_HEADER_MEMBER", `The bundle's header ${what}`);
}
