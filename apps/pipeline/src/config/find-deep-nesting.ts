/** Far above the depth that the tree may have, far below what the parser's stack can bear. */
const MAX_BRACKETS = 200;
const MAX_INDENT = 200;
const MAX_MARKS = 100;

/**
 * Where a YAML text nests so deeply that the recursive parser must not be tried on it (it can end the whole
 * process), or undefined. Counts what nests without parsing: open brackets, indentation, and the list and
 * key marks of one line; brackets and marks in quoted text count too.
 */
export function findDeepNesting(text: string): number | undefined {
  let brackets = 0;
  let lineStart = 0;
  let marks = 0;
  let indent = 0;
  let indenting = true;
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string;
    if (character === "\n") {
      lineStart = i + 1;
      marks = 0;
      indent = 0;
      indenting = true;
      continue;
    }
    if (indenting && character === " ") indent++;
    else indenting = false;
    if (character === "[" || character === "{") brackets++;
    else if (character === "]" || character === "}") brackets = Math.max(0, brackets - 1);
    else if (character === "-" || character === "?" || character === ":") {
      if (/\s/.test(text[i - 1] ?? "\n") && /\s/.test(text[i + 1] ?? "\n")) marks++;
    }
    if (brackets > MAX_BRACKETS || marks > MAX_MARKS || indent > MAX_INDENT) return lineStart;
  }
  return undefined;
}
