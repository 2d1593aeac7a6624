import { MAX_VALUE_BINS } from "./dtypes.ts";
import type { BinnedMatrix } from "./dtypes.ts";

/** Most cells of a group: its codes are bytes. */
const MOST_CELLS = MAX_VALUE_BINS + 2;

/** Columns that share a byte, the code of their values' combination: the first column is its lowest digit. */
export interface ColumnGroup {
  readonly columns: readonly number[];
  /** Number of combinations, at most 256. */
  readonly cells: number;
}

/**
 * Puts columns of few bins together, those of most bins first, each into the first group that has room for it
 * (first-fit decreasing): thirty columns of two or three values fit five bytes.
 */
export function groupColumns(binned: Pick<BinnedMatrix, "binStart">): readonly ColumnGroup[] {
  const columns = Array.from({ length: binned.binStart.length - 1 }, (_, column) => column);
  columns.sort((a, b) => binsOf(binned, b) - binsOf(binned, a) || a - b);
  const groups: { columns: number[]; cells: number }[] = [];
  for (const column of columns) {
    const bins = binsOf(binned, column);
    const group = groups.find(({ cells }) => cells * bins <= MOST_CELLS);
    if (group === undefined) groups.push({ columns: [column], cells: bins });
    else {
      group.columns.push(column);
      group.cells *= bins;
    }
  }
  return groups;
}

/** Where a column's bin stands in the byte of its group: code / radix, modulo its bins. */
export interface ColumnDigit {
  readonly column: number;
  readonly group: number;
  readonly radix: number;
  readonly bins: number;
}

/** The columns' digits, group by group, the lowest one first. */
export function digitsOf(
  binned: Pick<BinnedMatrix, "binStart">,
  groups: readonly ColumnGroup[],
): readonly ColumnDigit[] {
  return groups.flatMap(({ columns }, group) => {
    let radix = 1;
    return columns.map((column) => {
      const bins = binsOf(binned, column);
      const digit = { column, group, radix, bins };
      radix *= bins;
      return digit;
    });
  });
}

/**
 * What the groups are made of, for kernels that count by them: per group how many columns, how many cells, then for each
 * column, lowest digit first, its number of bins and its first bin.
 */
export function planOf(
  { binStart }: Pick<BinnedMatrix, "binStart">,
  groups: readonly ColumnGroup[],
): readonly number[] {
  return groups.flatMap(({ columns, cells }) => [
    columns.length,
    cells,
    ...columns.flatMap((column) => [binsOf({ binStart }, column), binStart[column] as number]),
  ]);
}

/** Bins of a column, that of its missing cells included. */
export function binsOf({ binStart }: Pick<BinnedMatrix, "binStart">, column: number): number {
  return (binStart[column + 1] as number) - (binStart[column] as number);
}
