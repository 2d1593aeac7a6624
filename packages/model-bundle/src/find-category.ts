/** The index of `category` in the sorted `categories`, or -1. O(log n). */
export function findCategory(categories: readonly string[], category: string): number {
  let start = 0;
  let end = categories.length;
  while (start < end) {
    const middle = (start + end) >>> 1;
    if ((categories[middle] as string) < category) start = middle + 1;
    else end = middle;
  }
  return categories[start] === category ? start : -1;
}
