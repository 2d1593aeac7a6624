/**
 * Parts a node's rows, keeping their order on both sides.
 *
 *     before  rows = [ . . . | a b c d e f | . . . ]        a, c, d go left
 *                            start         end
 *     after   rows = [ . . . | a c d | b e f | . . . ]
 *                                    returned
 *
 * @param codes bin codes of all columns; the split column's start at `column`
 * @param goesLeft 1 a bin that goes left, else 0
 * @param rows IN and OUT
 * @param side scratch of the same length as `rows`
 */
export function partitionRows(
  codes: Uint8Array,
  column: number,
  goesLeft: Uint8Array,
  rows: Int32Array,
  side: Int32Array,
  start: number,
  end: number,
): number {
  let middle = start;
  let right = 0;
  // Both sides are written and one of the two ends moves on: a branch here is guessed wrong half of the time.
  for (let i = start; i < end; i++) {
    const row = rows[i] as number;
    const left = goesLeft[codes[column + row] as number] as number;
    rows[middle] = row;
    side[right] = row;
    middle += left;
    right += 1 - left;
  }
  for (let i = 0; i < right; i++) rows[middle + i] = side[i] as number;
  return middle;
}
