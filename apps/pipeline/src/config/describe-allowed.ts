import type { JsonSchema } from "./json-schema.ts";
import { typesOf } from "./json-schema.ts";

/** What is allowed where a schema says nothing. */
export const ANY_VALUE = "any value";

/** What a schema allows, in words that complete "must be": "a whole number from 1 to 64", "one of gini, entropy". */
export function describeAllowed(schema: JsonSchema): string {
  if (schema.const !== undefined) return showValue(schema.const);
  if (schema.enum !== undefined) return describeEnum(schema.enum);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) return describeBranches(branches);
  const types = typesOf(schema);
  if (types.length === 0) return schema.$comment ?? ANY_VALUE;
  // Lists last: "a list of texts or null" would leave open where the list ends.
  const lists = types.filter((type) => type === "array");
  const others = types.filter((type) => type !== "array");
  return joinOr([...others, ...lists].map((type) => describeType(schema, type)));
}

function describeType(schema: JsonSchema, type: string): string {
  switch (type) {
    case "integer":
      return withBounds("a whole number", schema);
    case "number":
      return withBounds("a number", schema);
    case "string":
      return describeText(schema);
    case "boolean":
      return typeof schema.not?.const === "boolean" ? `${!schema.not.const}` : "true or false";
    case "null":
      return "null";
    case "array":
      return describeList(schema);
    default:
      return "a map of keys";
  }
}

function describeEnum(values: readonly unknown[]): string {
  const shown = values.map((value) => (typeof value === "string" ? value : showValue(value)));
  return shown.length > 2 ? `one of ${shown.join(", ")}` : shown.join(" or ");
}

function withBounds(noun: string, schema: JsonSchema): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const parts: string[] = [];
  if (exclusiveMinimum !== undefined) parts.push(`above ${exclusiveMinimum}`);
  if (minimum !== undefined && maximum !== undefined) parts.push(`from ${minimum} to ${maximum}`);
  else if (minimum !== undefined) parts.push(`of at least ${minimum}`);
  else if (maximum !== undefined) parts.push(`of at most ${maximum}`);
  if (exclusiveMaximum !== undefined) parts.push(`below ${exclusiveMaximum}`);
  if (multipleOf !== undefined) parts.push(`that is a multiple of ${multipleOf}`);
  return [noun, parts.join(" and ")].filter((part) => part !== "").join(" ");
}

function describeText(schema: JsonSchema): string {
  if (schema.pattern !== undefined) return schema.$comment ?? `text that matches ${schema.pattern}`;
  if (schema.maxLength !== undefined)
    return `text of ${schema.minLength ?? 0} to ${schema.maxLength} characters`;
  return (schema.minLength ?? 0) > 0 ? "text that is not empty" : "text";
}

function describeList(schema: JsonSchema): string {
  const { items = {}, minItems = 0, maxItems } = schema;
  const list = minItems === 1 && maxItems === undefined ? "a non-empty list of" : "a list of";
  const count =
    maxItems !== undefined
      ? `${minItems} to ${maxItems} `
      : minItems > 1
        ? `at least ${minItems} `
        : "";
  const distinct = schema.uniqueItems === true ? ", none of them twice" : "";
  return `${list} ${count}${describePlural(items)}${distinct}`;
}

function describePlural(items: JsonSchema): string {
  const types = typesOf(items);
  if (types.length === 0 && items.enum === undefined) return items.$comment ?? "values";
  const plain =
    items.enum === undefined && items.const === undefined && items.pattern === undefined;
  if (plain && types.length > 0 && types.every((type) => PLURALS.has(type)))
    return joinOr(
      types.map((type) => withBounds(PLURALS.get(type) ?? type, type === "string" ? {} : items)),
    );
  return `items, each ${describeAllowed(items)}`;
}

const PLURALS: ReadonlyMap<string, string> = new Map([
  ["integer", "whole numbers"],
  ["number", "numbers"],
  ["string", "texts"],
]);

/** A value, or a list of such values: the list's items need no second description. */
function describeBranches(branches: readonly JsonSchema[]): string {
  const singles = new Set(
    branches.filter((branch) => branch.items === undefined).map(describeAllowed),
  );
  return joinOr(
    branches.map((branch) =>
      branch.items !== undefined && singles.has(describeAllowed(branch.items))
        ? describeList({ ...branch, items: { $comment: "such values" } })
        : describeAllowed(branch),
    ),
  );
}

/** "a", "a or b", "a, b or c"; with a comma before the "or" when a part is an enumeration itself. */
function joinOr(parts: readonly string[]): string {
  const distinct = [...new Set(parts)];
  const comma = distinct.some((part) => /, | or /.test(part)) ? "," : "";
  const last = distinct.pop() ?? "";
  return distinct.length === 0 ? last : `${distinct.join(", ")}${comma} or ${last}`;
}

/** A value as messages show it: text in quotes, long text cut, lists and maps by their size. */
export function showValue(value: unknown): string {
  if (typeof value === "string")
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  // JSON has no words for NaN and Infinity.
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) {
    const text = JSON.stringify(value);
    return text.length <= 60 ? text : `a list of ${value.length}`;
  }
  if (typeof value === "object" && value !== null) {
    const keys = Object.keys(value);
    if (keys.length === 0) return "an empty map";
    const shown = `${keys.slice(0, 5).join(", ")}${keys.length > 5 ? ", …" : ""}`;
    return `a map with the ${keys.length === 1 ? "key" : "keys"} ${shown}`;
  }
  return JSON.stringify(value);
}
