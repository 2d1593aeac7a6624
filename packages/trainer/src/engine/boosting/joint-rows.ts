import { binsOf, groupColumns } from "../column-groups.ts";
import type { BinnedMatrix } from "../dtypes.ts";
import type { BoostingKernel } from "./kernel.ts";

/** The rows of a binned matrix as the kernel counts them: a byte a group of columns, row by row. */
export interface JointRows {
  readonly codes: Uint8Array;
  /** Bytes of a row: a multiple of 8. */
  readonly stride: number;
  readonly groups: number;
  /** As the kernel's countRows wants it. */
  readonly plan: Int32Array;
}

/**
 * Codes rows in the memory of a kernel. O(rows * columns).
 *
 * @param order the binned matrix's row at each place; -1 for a place that no row has
 */
export function jointRows(
  binned: BinnedMatrix,
  order: Int32Array,
  kernel: BoostingKernel,
): JointRows {
  const { data, rows: height, cols } = binned.codes;
  const groups = groupColumns(binned);
  const stride = 8 * Math.ceil(groups.length / 8);
  const codes = kernel.u8(order.length * stride);
  const plan = kernel.i32(2 * (groups.length + cols));
  let at = 0;
  groups.forEach(({ columns, cells }, group) => {
    plan[at++] = columns.length;
    plan[at++] = cells;
    let radix = 1;
    for (const column of columns) {
      const bins = binsOf(binned, column);
      plan[at++] = bins;
      plan[at++] = binned.binStart[column] as number;
      addDigit(data, column * height, radix, order, codes, group, stride);
      radix *= bins;
    }
  });
  return { codes, stride, groups: groups.length, plan };
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
    const row = order[i] as number;
    if (row >= 0) codes[at] = (codes[at] as number) + radix * (data[column + row] as number);
  }
}
