import type { RowTargets } from "../dtypes.ts";
import type { RowPlaces } from "../row-places.ts";
import type { BoostingKernel } from "./kernel.ts";

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
