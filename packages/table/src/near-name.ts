/**
 * The name among `candidates` that `name` may be a slip of: the same but for case, blanks and
 * punctuation, or few keystrokes away. Undefined when none is near; the first of equals.
 */
export function nearName(name: string, candidates: readonly string[]): string | undefined {
  const folded = fold(name);
  const same = candidates.find((candidate) => fold(candidate) === folded && folded !== "");
  if (same !== undefined) return same;
  let best: string | undefined;
  let bestDistance = Math.floor(name.length / 3) + 1;
  for (const candidate of candidates) {
    // Distances are quadratic in length: a hostile header must not make the error message slow.
    if (Math.abs(candidate.length - name.length) >= bestDistance || candidate.length > 200)
      continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** Levenshtein's distance: insertions, deletions and replacements of one character. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 0; i < a.length; i++) {
    const current = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (previous[j] as number) + (a[i] === b[j] ? 0 : 1);
      current.push(Math.min(replaced, (previous[j + 1] as number) + 1, (current[j] as number) + 1));
    }
    previous = current;
  }
  return previous[b.length] as number;
}
