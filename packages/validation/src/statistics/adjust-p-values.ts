/**
 * Benjamini and Hochberg's adjusted p-values, in the order of `pValues`. Calling what is at most alpha a
 * discovery keeps the expected share of false ones among them at alpha at most; if nothing is there to be
 * discovered, alpha bounds the chance of any. O(n log n).
 */
export function adjustPValues(pValues: readonly number[]): number[] {
  const count = pValues.length;
  const descending = [...pValues.entries()].sort(([, a], [, b]) => b - a);
  const adjusted = [...pValues];
  let least = 1;
  for (const [place, [index, pValue]] of descending.entries()) {
    least = Math.min(least, (pValue * count) / (count - place));
    adjusted[index] = least;
  }
  return adjusted;
}
