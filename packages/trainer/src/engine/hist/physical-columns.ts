import type { BinnedMatrix } from "../dtypes.ts";
import { CELLS } from "./header.ts";

/**
 * Columns that share a byte: its value is a number in mixed radix, a digit a column, the first column's the lowest.
 * Thirty columns of two or three values take five bytes and five additions a row instead of thirty.
 */
export interface PhysicalColumn {
  readonly columns: readonly number[];
  /** Product of the columns' bins: at most 256. */
  readonly cells: number;
}

/** Gives each column to the first byte that has room for it. */
export function groupColumns(binned: BinnedMatrix): readonly PhysicalColumn[] {
  const groups: { columns: number[]; cells: number }[] = [];
  for (let column = 0; column < binned.codes.cols; column++) {
    const bins = binsOf(binned, column);
    const group = groups.find(({ cells }) => cells * bins <= CELLS);
    if (group === undefined) groups.push({ columns: [column], cells: bins });
    else {
      group.columns.push(column);
      group.cells *= bins;
    }
  }
  return groups;
}

/** How many bins a column has, that of the missing cells included. */
export function binsOf({ binStart }: BinnedMatrix, column: number): number {
  return (binStart[column + 1] as number) - (binStart[column] as number);
}

/** Rows that are packed at a time: their bytes stay in the cache while column after column is added. */
const ROWS_A_BLOCK = 4096;

/**
 * Writes the rows' bytes, row by row.
 *
 * @param codes zeroed; `stride` bytes a row
 */
export function packRows(
  binned: BinnedMatrix,
  groups: readonly PhysicalColumn[],
  codes: Uint8Array,
  stride: number,
): void {
  const { data, rows } = binned.codes;
  for (let start = 0; start < rows; start += ROWS_A_BLOCK) {
    const end = Math.min(rows, start + ROWS_A_BLOCK);
    groups.forEach(({ columns }, physical) => {
      let radix = 1;
      for (const column of columns) {
        addDigit(
          data,
          column * rows + start,
          radix,
          codes,
          start * stride + physical,
          stride,
          end - start,
        );
        radix *= binsOf(binned, column);
      }
    });
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
