import { digitsOf, groupColumns, planOf } from "../column-groups.ts";
import type { BinnedMatrix } from "../dtypes.ts";
import type { BoostingKernel } from "./kernel.ts";

/** The codes of a binned matrix as the kernel reads them; addresses in its memory. */
export interface PlacedCodes {
  /** Column by column the bin at each place. */
  readonly codes: number;
  /** A byte a group of columns, place by place: the code of their values' combination. */
  readonly jointCodes: number;
  /** Bytes of a place's joint codes: a multiple of 8. */
  readonly stride: number;
  readonly groups: number;
  /** As the kernel's countSet wants it. */
  readonly plan: number;
}

/**
 * Brings the codes of a matrix into the memory of a kernel. O(rows * columns).
 *
 * @param rowAt the row at each place, -1 for a place that no row has; in that memory
 */
export function placeCodes(
  binned: BinnedMatrix,
  rowAt: Int32Array,
  kernel: BoostingKernel,
): PlacedCodes {
  const { data, rows, cols } = binned.codes;
  const places = rowAt.length;
  const groups = groupColumns(binned);
  const stride = 8 * Math.ceil(groups.length / 8);
  const codes = kernel.u8(cols * places).byteOffset;
  const jointCodes = kernel.u8(places * stride).byteOffset;
  const parts = planOf(binned, groups);
  const plan = kernel.i32(parts.length);
  plan.set(parts);
  const bins = kernel.u8(rows);
  for (const { column, group, radix } of digitsOf(binned, groups)) {
    bins.set(data.subarray(column * rows, (column + 1) * rows));
    const placed = codes + column * places;
    kernel.run.placeColumn(bins.byteOffset, rowAt.byteOffset, places, placed);
    kernel.run.addDigits(placed, places, radix, jointCodes + group, stride);
  }
  return { codes, jointCodes, stride, groups: groups.length, plan: plan.byteOffset };
}
