import { digitsOf, groupColumns, planOf } from "../column-groups.ts";
import type { ColumnDigit } from "../column-groups.ts";
import type { BinnedMatrix } from "../dtypes.ts";
import type { AdaBoostKernel } from "./kernel.ts";

/** The rows of a binned matrix as the kernel counts them: a byte a group of columns, row by row. */
export interface GroupedRows {
  readonly codes: Uint8Array;
  /** Bytes of a row: a multiple of 8. */
  readonly stride: number;
  readonly groups: number;
  /** As the kernel's countRows wants it. */
  readonly plan: Int32Array;
  /** One a column. */
  readonly digits: readonly ColumnDigit[];
}

/**
 * Codes rows in the memory of a kernel. O(rows * columns).
 *
 * @param order the binned matrix's row at each place
 */
export function groupRows(
  binned: BinnedMatrix,
  order: Int32Array,
  kernel: AdaBoostKernel,
): GroupedRows {
  const { data, rows: height } = binned.codes;
  const groups = groupColumns(binned);
  const stride = 8 * Math.ceil(groups.length / 8);
  const codes = kernel.u8(order.length * stride);
  const parts = planOf(binned, groups);
  const plan = kernel.i32(parts.length);
  plan.set(parts);
  const digits: ColumnDigit[] = [];
  for (const digit of digitsOf(binned, groups)) {
    const { column, group, radix } = digit;
    addDigit(data, column * height, radix, order, codes, group, stride);
    digits[column] = digit;
  }
  return { codes, stride, groups: groups.length, plan, digits };
}

function addDigit(
  data: Uint8Array,
  column: number,
  radix: number,
  order: Int32Array,
  codes: Uint8Array,
  group: number,
  stride: number,
): void {
  for (let i = 0, at = group; i < order.length; i++, at += stride) {
    codes[at] = (codes[at] as number) + radix * (data[column + (order[i] as number)] as number);
  }
}

/** OUT `sides`: per code of a group, 0 where the column's bin goes left, else 1. */
export function fillSides(
  { radix, bins }: ColumnDigit,
  goesLeft: Uint8Array,
  sides: Uint8Array,
): void {
  for (let code = 0; code < sides.length;) {
    for (let bin = 0; bin < bins; bin++) {
      const side = 1 - (goesLeft[bin] as number);
      for (let i = 0; i < radix; i++) sides[code++] = side;
    }
  }
}

/** OUT `described`: the columns as the kernel's findSplit wants them. */
export function describeColumns({ columns, binStart }: BinnedMatrix, described: Int32Array): void {
  columns.forEach(({ kind, valueBins, hasMissing }, column) => {
    described[4 * column] = binStart[column] as number;
    described[4 * column + 1] = valueBins;
    described[4 * column + 2] = hasMissing ? 1 : 0;
    described[4 * column + 3] = kind === "categorical" ? 1 : 0;
  });
}
