import type { Block } from "./synthetic-table.ts";

/** How many distinct rows there are in blocks of bytes below 3 and at most 30 columns: a row is a number in base 3. */
export function countDistinctRows(blocks: Iterable<Block>, cols: number): number {
  const seen = new Set<number>();
  for (const { x } of blocks) {
    for (let start = 0; start < x.length; start += cols) {
      let key = 0;
      for (let cell = start; cell < start + cols; cell++) key = key * 3 + (x[cell] as number);
      seen.add(key);
    }
  }
  return seen.size;
}
