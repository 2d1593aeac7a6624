import { variableEnd } from "./variable-syntax.ts";

// YAML gives these a meaning; inside ${...} they must not have it, or `{ path: ${DATA} }` could not be read.
const SPECIAL = "{}[],:#";
const TO_MASK = /[{}[\],:#]/g;
// Private-use characters, one for each of SPECIAL.
const MASK_START = 0xe000;
// Longer ones are left to the substitution's own message: the search for an end stays short.
const MAX_LENGTH = 1000;
const MASKED = /[\ue000-\ue006]/g;

/**
 * `text` with the characters that YAML would take for its own masked inside every `${...}`. The length
 * and the lines stay, so positions in the masked text are positions in the text. Text that holds the
 * masking characters itself stays as it is.
 */
export function maskVariables(text: string): string {
  if (!text.includes("${") || text.search(MASKED) >= 0) return text;
  let masked = "";
  let done = 0;
  for (let start = text.indexOf("${"); start >= 0; start = text.indexOf("${", done)) {
    const [line = ""] = text.slice(start, start + MAX_LENGTH).split("\n", 1);
    const length = variableEnd(line, 0) ?? 2;
    masked += text.slice(done, start);
    // A `${` without an end keeps its brace: YAML or the substitution will say what is wrong with it.
    masked += length === 2 ? "${" : line.slice(0, length).replace(TO_MASK, mask);
    done = start + length;
  }
  return masked + text.slice(done);
}

/** Undoes `maskVariables` on a part of the text. */
export function unmaskVariables(text: string): string {
  return text.replace(MASKED, (character) => SPECIAL[character.charCodeAt(0) - MASK_START] ?? "");
}

function mask(character: string): string {
  return String.fromCharCode(MASK_START + SPECIAL.indexOf(character));
}
