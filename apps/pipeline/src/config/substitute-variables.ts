import type { ConfigNode, ScalarNode } from "./config-tree.ts";
import { mapScalars } from "./config-tree.ts";
import { resolvePlainScalar } from "./parse-yaml.ts";
import type { ConfigProblem } from "./problem.ts";
import type { Environment } from "./read-environment.ts";
import type { VariablePiece } from "./variable-syntax.ts";
import { parseVariables } from "./variable-syntax.ts";

export interface Substituted {
  readonly root: ConfigNode;
  /** The variables whose values came in. */
  readonly used: ReadonlySet<string>;
  readonly problems: readonly ConfigProblem[];
}

/**
 * Puts the environment's values in place of `${NAME}` and `${NAME:-default}` (the default also when the
 * variable is empty, as in a shell) in the scalars of files; flags are taken as they are, for the shell
 * has its own variables. A scalar without quotes is then read as YAML reads it, but never as a list or
 * a map: 42 is a number, nothing at all is null. A scalar at fault stays as it was.
 * Problems: CONFIG_VARIABLE_SYNTAX, CONFIG_VARIABLE_UNSET.
 */
export function substituteVariables(root: ConfigNode, environment: Environment): Substituted {
  const used = new Set<string>();
  const problems: ConfigProblem[] = [];

  const substitute = (node: ScalarNode): ScalarNode => {
    if (typeof node.value !== "string" || node.origin.kind === "flag") return node;
    if (!node.value.includes("${")) return node;
    const pieces = parseVariables(node.value);
    if ("message" in pieces) {
      problems.push({
        code: "CONFIG_VARIABLE_SYNTAX",
        message: pieces.message,
        origin: node.origin,
      });
      return node;
    }
    const unset: string[] = [];
    const text = fill(pieces, environment, used, unset);
    for (const name of unset)
      problems.push({
        code: "CONFIG_VARIABLE_UNSET",
        message: `The environment variable ${name} is not set, and \${${name}} has no default`,
        origin: node.origin,
      });
    if (unset.length > 0) return node;
    return { ...node, value: node.plain ? resolvePlainScalar(text) : text };
  };

  return { root: mapScalars(root, substitute), used, problems };
}

function fill(
  pieces: readonly VariablePiece[],
  environment: Environment,
  used: Set<string>,
  unset: string[],
): string {
  let text = "";
  for (const piece of pieces) {
    if (piece.kind === "text") {
      text += piece.text;
      continue;
    }
    const value = environment[piece.name];
    if (value !== undefined && (value !== "" || piece.fallback === undefined)) {
      used.add(piece.name);
      text += value;
    } else if (piece.fallback === undefined) unset.push(piece.name);
    else text += fill(piece.fallback, environment, used, unset);
  }
  return text;
}
