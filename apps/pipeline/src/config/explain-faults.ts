import { nearestName } from "@gillnet/entity";
import type { ConfigNode, KeyPath, Origin } from "./config-tree.ts";
import { formatPath, originAt } from "./config-tree.ts";
import { ANY_VALUE, describeAllowed, showValue } from "./describe-allowed.ts";
import type { JsonSchema } from "./json-schema.ts";
import { listKeys, typesOf } from "./json-schema.ts";
import type { ConfigProblem } from "./problem.ts";
import type { SchemaFault } from "./validate-against.ts";
import { pointerSteps } from "./validate-against.ts";

/** Where the value that was checked stands. */
export interface Checked {
  /** The tree that the value came from; origins are looked up in it. */
  readonly root: ConfigNode;
  readonly schema: JsonSchema;
  /** What messages put before a path whose value was given at `origin`; by default nothing. */
  readonly prefixOf?: (origin: Origin) => KeyPath;
}

/**
 * Turns what Ajv says (with `allErrors`) into problems that people understand: one for each
 * unknown key (with the near name), missing key, and value at fault, however many rules the value broke.
 * Of alternatives that a value fits none of, the nearest is explained.
 * Problems: CONFIG_KEY_MISSING, CONFIG_UNKNOWN_KEY, CONFIG_VALUE_INVALID.
 */
export function explainFaults(
  faults: readonly SchemaFault[],
  checked: Checked,
): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const explained = new Set<string>();
  for (const fault of withoutHopelessBranches(faults)) {
    const path = pathOf(fault.instancePath, checked.root);
    switch (fault.keyword) {
      case "additionalProperties":
        problems.push(unknownKey(fault, path, checked));
        break;
      case "required":
        problems.push(missingKey(fault, path, checked));
        break;
      default: {
        // Several rules broken by one value are one fault: the message says all that is allowed.
        if (explained.has(fault.instancePath)) break;
        explained.add(fault.instancePath);
        problems.push(badValue(fault, path, checked));
      }
    }
  }
  return problems;
}

function unknownKey(fault: SchemaFault, path: KeyPath, checked: Checked): ConfigProblem {
  const { additionalProperty: key } = fault.params as { readonly additionalProperty: string };
  const siblings = Object.keys(fault.rules.properties ?? {});
  const origin = originAt(checked.root, [...path, key], "key");
  const name = namer(checked, origin);
  const near = nearestName(key, siblings);
  const meant = near === undefined ? elsewhere(key, checked.schema) : [...path, near];
  const advice =
    meant !== undefined
      ? `; did you mean ${formatPath(name(meant))}?`
      : siblings.length > 0
        ? `; ${path.length === 0 ? "the keys are" : `${formatPath(name(path))} has`} ${siblings.join(", ")}`
        : "";
  const at = name([...path, key]);
  return {
    code: "CONFIG_UNKNOWN_KEY",
    message: `There is no key ${formatPath(at)}${advice}`,
    origin,
    path: at,
  };
}

/** The key of that very name somewhere else, when there is only one. */
function elsewhere(key: string, schema: JsonSchema): KeyPath | undefined {
  const found = listKeys(schema).filter(
    ({ path }) => path.at(-1) === key && !path.includes("<name>"),
  );
  return found.length === 1 ? found[0]?.path : undefined;
}

function missingKey(fault: SchemaFault, path: KeyPath, checked: Checked): ConfigProblem {
  const { missingProperty } = fault.params as { readonly missingProperty: string };
  const schema = fault.rules.properties?.[missingProperty] ?? {};
  const origin = originAt(checked.root, [...path, missingProperty], "key");
  const at = namer(checked, origin)([...path, missingProperty]);
  return {
    code: "CONFIG_KEY_MISSING",
    message: `${formatPath(at)} is missing; it takes ${describeAllowed(schema)}`,
    origin,
    path: at,
  };
}

function badValue(fault: SchemaFault, path: KeyPath, checked: Checked): ConfigProblem {
  const schema = fault.rules;
  const allowed = describeAllowed(schema);
  // A rule that `describeAllowed` has no words for speaks for itself.
  const rule =
    allowed === ANY_VALUE ? (fault.message ?? "must be another value") : `must be ${allowed}`;
  const origin = originAt(checked.root, path, "value");
  const at = namer(checked, origin)(path);
  return {
    code: "CONFIG_VALUE_INVALID",
    message: `${at.length === 0 ? "The configuration" : formatPath(at)} ${rule}, got ${showValue(fault.value)}${adviceOnValue(schema, fault.value)}`,
    origin,
    path: at,
  };
}

/** Paths as they are named to people for a problem at `origin`. */
function namer(checked: Checked, origin: Origin): (path: KeyPath) => KeyPath {
  const prefix = checked.prefixOf?.(origin) ?? [];
  return (path) => [...prefix, ...path];
}

/** What may have been meant: a near word, or the same without or with quotes. */
function adviceOnValue(schema: JsonSchema, value: unknown): string {
  const types = typesOf(schema);
  if (typeof value === "string") {
    const words = enumsOf(schema).filter((word): word is string => typeof word === "string");
    const near = nearestName(value, words);
    if (near !== undefined) return `; did you mean ${near}?`;
    if (types.includes("boolean") && /^(?:yes|no|on|off|true|false)$/i.test(value))
      return "; write true or false, without quotes";
    if (
      (types.includes("number") || types.includes("integer")) &&
      value.trim() !== "" &&
      Number.isFinite(Number(value))
    )
      return "; write it without quotes";
  } else if (
    types.includes("string") &&
    enumsOf(schema).length === 0 &&
    (typeof value === "number" || typeof value === "boolean")
  )
    return "; write it in quotes to mean the text";
  return "";
}

function enumsOf(schema: JsonSchema): readonly unknown[] {
  return [
    ...(schema.enum ?? []),
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(enumsOf),
  ];
}

/** Faults of what is inside a value, though Ajv reports them at the value. */
const INNER_FAULTS = new Set(["additionalProperties", "required"]);

/**
 * The errors with each `anyOf` and `oneOf` told by one voice: by the alternative that the value was plainly
 * meant for, when only something inside the value is wrong (the one with the fewest faults); else by the
 * union itself, which names all alternatives.
 */
function withoutHopelessBranches(faults: readonly SchemaFault[]): readonly SchemaFault[] {
  let left = [...faults];
  const unions = faults
    .filter(({ keyword }) => keyword === "anyOf" || keyword === "oneOf")
    // The innermost first: it decides what the outer one gets to choose from.
    .sort((a, b) => b.schemaPath.length - a.schemaPath.length);
  for (const union of unions) {
    const isWithin = (fault: SchemaFault): boolean =>
      fault.schemaPath.startsWith(`${union.schemaPath}/`) &&
      `${fault.instancePath}/`.startsWith(`${union.instancePath}/`);
    const branches = new Map<string, SchemaFault[]>();
    for (const fault of left.filter(isWithin)) {
      const branch = fault.schemaPath.slice(union.schemaPath.length + 1).split("/", 1)[0] ?? "";
      branches.set(branch, [...(branches.get(branch) ?? []), fault]);
    }
    const [meant] = [...branches.values()]
      .filter((faults) =>
        faults.every(
          ({ instancePath, keyword }) =>
            instancePath !== union.instancePath || INNER_FAULTS.has(keyword),
        ),
      )
      .sort((a, b) => a.length - b.length);
    const kept = new Set(meant ?? [union]);
    left = left.filter((fault) => (fault === union || isWithin(fault) ? kept.has(fault) : true));
  }
  return left;
}

/** The keys and indices of a JSON pointer. */
function pathOf(pointer: string, root: ConfigNode): KeyPath {
  const path: (string | number)[] = [];
  let node: ConfigNode | undefined = root;
  for (const step of pointerSteps(pointer)) {
    if (node?.kind === "list") {
      path.push(Number(step));
      node = node.items[Number(step)];
    } else {
      path.push(step);
      node = node?.kind === "map" ? node.entries.get(step)?.node : undefined;
    }
  }
  return path;
}
