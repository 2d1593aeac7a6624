import type { BinnedMatrix } from "../dtypes.ts";
import type { GrowthLimits } from "../growth-limits.ts";
import * as H from "./header.ts";
import type { BoostingKernel } from "./kernel.ts";
import { placeCodes } from "./placed-codes.ts";
import { residualScale, weightShift } from "./residual-scale.ts";
import type { RowPlaces } from "../row-places.ts";

/** The parts of a fit's memory that are read between two trees. */
interface FitMemory {
  /** Per row of the matrix. */
  readonly answers: Float64Array;
  /** Per leaf of the full tree: sum of residuals, sum of weight * p * (1 - p). */
  readonly leafSums: Float64Array;
  /** The nodes' records, as bytes. */
  readonly nodes: Uint8Array;
}

/**
 * Lays out all that trees are grown in, and writes the header that tells the kernel of it, the sample apart.
 *
 * @param totalWeight most that a sample weighs
 */
export function layOutFit(
  kernel: BoostingKernel,
  binned: BinnedMatrix,
  rowPlaces: RowPlaces,
  limits: GrowthLimits,
  totalWeight: number,
): FitMemory {
  const { words, reals } = kernel;
  const { taking } = rowPlaces;
  const places = rowPlaces.order.length;
  const { cols } = binned.codes;
  const totalBins = binned.binStart[cols] as number;
  const { maxDepth } = limits;
  const inner = 2 ** maxDepth - 1;
  const bitWords = Math.ceil(taking / 64);
  const rowAt = kernel.i32(places);
  rowAt.set(rowPlaces.order);
  const answers = kernel.f64(binned.codes.rows);
  const { codes, jointCodes, stride, groups, plan } = placeCodes(binned, rowAt, kernel);
  const leafSums = kernel.f64(4 * (inner + 1)).subarray(0, 2 * (inner + 1));
  const nodes = kernel.u8((2 * inner + 1) * H.NODE_BYTES);

  words[H.TAKING] = taking;
  words[H.PLACES] = places;
  words[H.CODES] = codes;
  words[H.JOINT_CODES] = jointCodes;
  words[H.STRIDE] = stride;
  words[H.GROUPS] = groups;
  words[H.PLAN] = plan;
  words[H.JOINT_CELLS] = kernel.f64(2 * H.CELLS * groups).byteOffset;
  words[H.COLUMNS] = describeColumns(kernel, binned);
  words[H.COLUMN_COUNT] = cols;
  words[H.TOTAL_BINS] = totalBins;
  words[H.BIT_WORDS] = bitWords;
  words[H.SAMPLE_BITS] = kernel.f64(bitWords).byteOffset;
  words[H.LEVEL_BITS] = kernel.f64(2 * maxDepth * bitWords).byteOffset;
  words[H.SHIFT] = weightShift(totalWeight);
  words[H.SAMPLE_PACKED] = kernel.f64(taking).byteOffset;
  words[H.PAIR_BINS] = kernel.f64(2 * totalBins).byteOffset;
  words[H.LEVEL_BINS] = kernel.f64(maxDepth * totalBins).byteOffset;
  words[H.HISTOGRAM] = kernel.f64(2 * totalBins).byteOffset;
  words[H.SHARES] = kernel.f64(H.CELLS).byteOffset;
  words[H.ORDER] = kernel.i32(H.CELLS).byteOffset;
  words[H.MAX_DEPTH] = maxDepth;
  words[H.ROUTES] = kernel.i32(inner).byteOffset;
  // Routes are read by whole words of bits.
  words[H.OWN_ROUTES] = kernel.u8(inner * places + 64).byteOffset;
  words[H.ALL_LEFT] = kernel.u8(places).fill(255).byteOffset;
  words[H.NODES] = nodes.byteOffset;
  words[H.LEAF_SUMS] = leafSums.byteOffset;
  words[H.ROW_AT] = rowAt.byteOffset;
  words[H.ANSWERS] = answers.byteOffset;
  reals[H.SCALE] = residualScale(totalWeight);
  reals[H.MIN_SPLIT_WEIGHT] = limits.minSplitWeight;
  reals[H.MIN_LEAF_WEIGHT] = limits.minLeafWeight;
  return { answers, leafSums, nodes };
}

/** Writes what the kernel knows of each column. Returns the address. */
function describeColumns(kernel: BoostingKernel, { columns, binStart }: BinnedMatrix): number {
  const start = kernel.u8(columns.length * H.COLUMN_BYTES).byteOffset;
  columns.forEach((bins, column) => {
    const at = (start + column * H.COLUMN_BYTES) / 4;
    const { words } = kernel;
    words[at + H.COLUMN_FIRST_BIN / 4] = binStart[column] as number;
    words[at + H.COLUMN_VALUE_BINS / 4] = bins.valueBins;
    words[at + H.COLUMN_HAS_MISSING / 4] = Number(bins.hasMissing);
    words[at + H.COLUMN_IS_CATEGORICAL / 4] = Number(bins.kind === "categorical");
    if (bins.kind !== "numeric") return;
    for (const [field, values] of [
      [H.COLUMN_LOWEST, bins.lowest],
      [H.COLUMN_HIGHEST, bins.highest],
    ] as const) {
      const copy = kernel.f64(bins.valueBins);
      copy.set(values.subarray(0, bins.valueBins));
      words[at + field / 4] = copy.byteOffset;
    }
  });
  return start;
}
