import type { SeededRandom } from "@gillnet/entity";

import type { RowTargets } from "../dtypes.ts";

/**
 * Draws a share of the distinct rows that have weight, all copies of a row together: 1 for those that no tree may
 * see. At least one row is held out, and one is not.
 *
 * @param copyOf for each row the one that it is a masked copy of, or itself: a row's copies are held out with it
 */
export function holdOut(
  targets: RowTargets,
  share: number,
  random: SeededRandom,
  copyOf?: Int32Array,
): Uint8Array {
  const { weight } = targets;
  const rows: number[] = [];
  for (let row = 0; row < weight.length; row++) {
    if ((weight[row] as number) > 0 && (copyOf?.[row] ?? row) === row) rows.push(row);
  }
  random.shuffle(rows);
  const wanted = Math.max(1, Math.min(rows.length - 1, Math.round(share * rows.length)));
  const heldOut = new Uint8Array(weight.length);
  for (const row of rows.slice(0, wanted)) heldOut[row] = 1;
  copyOf?.forEach((original, row) => (heldOut[row] = heldOut[original] as number));
  return heldOut;
}

/** The mean log loss of the rows held out. */
export function meanLogLoss(
  scores: Float64Array,
  { sum, weight }: RowTargets,
  heldOut: Uint8Array,
): number {
  let loss = 0;
  let total = 0;
  for (let row = 0; row < heldOut.length; row++) {
    if (heldOut[row] === 0) continue;
    const score = scores[row] as number;
    const w = weight[row] as number;
    // log(1 + exp(score)) without overflow.
    const softplus = Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));
    loss += w * softplus - (sum[row] as number) * score;
    total += w;
  }
  return loss / total;
}
