import type { RowTargets } from "../dtypes.ts";
import type { BoostingKernel } from "./kernel.ts";

/** Where the rows of a matrix stand in the kernel's memory. */
export interface RowPlaces {
  /** The row at each place; -1 for one that no row has. As many as a multiple of 16. */
  readonly order: Int32Array;
  /** How many places, an even number, belong to rows that take part; the others are only answered for. */
  readonly taking: number;
}

/** Rows that weigh something come first; both parts keep their order. */
export function placeRows(weight: Float64Array): RowPlaces {
  const rows = weight.length;
  let heavy = 0;
  for (let row = 0; row < rows; row++) heavy += Number((weight[row] as number) > 0);
  // The kernel takes rows two by two, and in some loops sixteen by sixteen.
  const taking = heavy + (heavy % 2);
  const order = new Int32Array(16 * Math.ceil((taking + rows - heavy) / 16)).fill(-1);
  let next = 0;
  let nextOther = taking;
  for (let row = 0; row < rows; row++) {
    order[(weight[row] as number) > 0 ? next++ : nextOther++] = row;
  }
  return { order, taking };
}

/** The targets of the places that take part, in the memory of a kernel. */
export function placeTargets(
  { order, taking }: RowPlaces,
  { sum, weight }: RowTargets,
  kernel: BoostingKernel,
): RowTargets {
  const placed = { sum: kernel.f64(taking), weight: kernel.f64(taking) };
  for (let place = 0; place < taking; place++) {
    const row = order[place] as number;
    if (row < 0) continue;
    placed.sum[place] = sum[row] as number;
    placed.weight[place] = weight[row] as number;
  }
  return placed;
}
