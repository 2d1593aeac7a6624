/** A piece of text with variables: text as it is, or a variable with its default (itself such pieces). */
export type VariablePiece =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "variable";
      readonly name: string;
      readonly fallback: readonly VariablePiece[] | undefined;
    };

/** What is wrong with a `${...}`, and where it begins in the text. */
export interface VariableFault {
  readonly start: number;
  readonly message: string;
}

/** How deep defaults may nest. */
const MAX_DEPTH = 8;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;

/**
 * Reads `${NAME}`, `${NAME:-default}` (a default may hold variables) and `$${`, which stands for `${` itself.
 * A `$` without a brace is text. Answers with the first fault instead when a `${` has another form.
 */
export function parseVariables(text: string): readonly VariablePiece[] | VariableFault {
  const outcome = parsePieces(text, 0, 0);
  return "pieces" in outcome ? outcome.pieces : outcome;
}

/** Where the `${` at `start` ends (after its brace), or undefined when it has no end. */
export function variableEnd(text: string, start: number): number | undefined {
  const outcome = parseVariable(text, start, 1);
  return "end" in outcome ? outcome.end : undefined;
}

function parsePieces(
  text: string,
  start: number,
  depth: number,
): { readonly pieces: readonly VariablePiece[]; readonly end: number } | VariableFault {
  const pieces: VariablePiece[] = [];
  let literal = "";
  // Only the default of a variable ends at a brace.
  const closing = depth > 0 ? "}" : undefined;
  let i = start;
  while (i < text.length && text[i] !== closing) {
    if (text.startsWith("$${", i)) {
      literal += "${";
      i += 3;
    } else if (text.startsWith("${", i)) {
      const outcome = parseVariable(text, i, depth + 1);
      if (!("end" in outcome)) return outcome;
      if (literal !== "") pieces.push({ kind: "text", text: literal });
      literal = "";
      pieces.push(outcome.piece);
      i = outcome.end;
    } else {
      literal += text[i];
      i++;
    }
  }
  if (literal !== "") pieces.push({ kind: "text", text: literal });
  return { pieces, end: i };
}

function parseVariable(
  text: string,
  start: number,
  depth: number,
): { readonly piece: VariablePiece; readonly end: number } | VariableFault {
  NAME.lastIndex = start + 2;
  const name = NAME.exec(text)?.[0];
  const shown = `'${text.slice(start, start + 40)}${text.length > start + 40 ? "…" : ""}'`;
  if (name === undefined)
    return {
      start,
      message: `${shown} names no variable: a name is letters, digits and underscores, and starts with no digit`,
    };
  const afterName = start + 2 + name.length;
  if (text[afterName] === "}")
    return { piece: { kind: "variable", name, fallback: undefined }, end: afterName + 1 };
  if (!text.startsWith(":-", afterName))
    return {
      start,
      message: `${shown} has ${text[afterName] === undefined ? "no closing brace" : `'${text[afterName]}' after the name ${name}`}; only \${${name}} and \${${name}:-default} are known`,
    };
  if (depth > MAX_DEPTH)
    return { start, message: `${shown} is a default within more than ${MAX_DEPTH} defaults` };
  const fallback = parsePieces(text, afterName + 2, depth);
  if (!("end" in fallback)) return fallback;
  if (text[fallback.end] !== "}") return { start, message: `${shown} has no closing brace` };
  return { piece: { kind: "variable", name, fallback: fallback.pieces }, end: fallback.end + 1 };
}
