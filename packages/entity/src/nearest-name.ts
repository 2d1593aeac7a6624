/** Longer names have no near ones: the distance costs the product of the lengths. */
const LONGEST_NAME = 200;

/**
 * The one of `candidates` that someone who wrote `name` most likely meant, or undefined when none is near.
 *
 * Near: equal but for case, blanks and punctuation, or at most a third of the letters (at least one, of two or more) to
 * insert, delete, replace or swap with the next. Ties go to the first candidate.
 */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const wanted = fold(name);
  if (wanted.length > LONGEST_NAME) return undefined;
  let best: string | undefined;
  let bestDistance = 1 + (wanted.length < 2 ? 0 : Math.max(1, Math.floor(wanted.length / 3)));
  for (const candidate of candidates) {
    const folded = fold(candidate);
    // The distance is at least the difference in length; a huge candidate costs nothing.
    if (folded === "" || Math.abs(folded.length - wanted.length) >= bestDistance) continue;
    const distance = editDistance(wanted, folded);
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

/** Optimal string alignment distance: Levenshtein's, with neighbours swapped at the price of one. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(replaced, at(last, j) + 1, at(current, j - 1) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(beforeLast, j - 2) + 1);
      current.push(least);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] as number;
}
