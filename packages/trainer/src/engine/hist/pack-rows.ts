import { digitsOf } from "../column-groups.ts";
import type { ColumnGroup } from "../column-groups.ts";
import type { BinnedMatrix } from "../dtypes.ts";

/** Rows that are packed at a time: their bytes stay in the cache while column after column is added. */
const ROWS_A_BLOCK = 4096;

/**
 * Writes the rows' bytes, row by row.
 *
 * @param codes zeroed; `stride` bytes a row
 */
export function packRows(
  binned: BinnedMatrix,
  groups: readonly ColumnGroup[],
  codes: Uint8Array,
  stride: number,
): void {
  const { data, rows } = binned.codes;
  const digits = digitsOf(binned, groups);
  for (let start = 0; start < rows; start += ROWS_A_BLOCK) {
    const end = Math.min(rows, start + ROWS_A_BLOCK);
    for (const { column, group, radix } of digits) {
      const to = start * stride + group;
      addDigit(data, column * rows + start, radix, codes, to, stride, end - start);
    }
  }
}

function addDigit(
  digits: Uint8Array,
  from: number,
  radix: number,
  codes: Uint8Array,
  to: number,
  stride: number,
  count: number,
): void {
  let at = to;
  for (let i = from; i < from + count; i++) {
    codes[at] = (codes[at] as number) + radix * (digits[i] as number);
    at += stride;
  }
}
