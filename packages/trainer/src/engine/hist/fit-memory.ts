import { digitsOf, groupColumns } from "../column-groups.ts";
import type { ColumnGroup } from "../column-groups.ts";
import type { BinnedMatrix, ClassWeights, PackedCodes, RowTargets } from "../dtypes.ts";
import * as H from "./header.ts";
import { createKernel } from "./kernel.ts";
import type { HistKernel } from "./kernel.ts";
import { layOutMemory } from "./memory-layout.ts";
import type { MemoryLayout } from "./memory-layout.ts";
import { packRows } from "./pack-rows.ts";
import { findScales } from "./quantise.ts";
import type { Scales } from "./quantise.ts";

/** What bounds a tree, in the units of the targets. */
export interface HistLimits {
  readonly growth: "depth_wise" | "leaf_wise";
  readonly maxDepth: number;
  readonly maxLeaves: number;
  /** Least weight of a leaf; 0 for any. */
  readonly leastWeight: number;
  /** Least hessian of a leaf. */
  readonly leastHessian: number;
  readonly l2: number;
  /** Columns that a tree draws, and how many of those a node does. */
  readonly treeColumns: number;
  readonly drawnColumns: number;
  /** Per column 1 when answers may only rise with it, -1 when they may only fall, else 0. */
  readonly monotonic: Int8Array;
}

/** What a fit is made of besides its limits. */
export interface HistInput {
  readonly binned: BinnedMatrix;
  readonly targets: RowTargets;
  /** What one row of each class weighs on average: a subsample draws such rows singly. */
  readonly rowWeights: ClassWeights;
  /** Per row 1 when no tree may see it; null when there are no such rows. */
  readonly heldOut: Uint8Array | null;
  /** Share of the rows that each tree draws. */
  readonly subsample: number;
  readonly initialScore: number;
  readonly threads: number;
}

/** A fit's memory, filled, and what the leader needs to know of it. */
export interface FitMemory {
  readonly kernel: HistKernel;
  readonly layout: MemoryLayout;
  readonly scales: Scales;
  readonly rows: number;
  readonly threads: number;
  /** Leaves of a tree, and nodes with those of splits that were tried in vain. */
  readonly mostLeaves: number;
  readonly mostNodes: number;
  readonly mostBuilds: number;
  readonly mostHistograms: number;
  readonly mostTables: number;
}

/** Node numbers are 16 bits wide. */
const MOST_NODES = 65_535;
/** Histograms of one pass take this much of each thread at most: more of them do not stay in the cache. */
const AREA_BUDGET = 16 * 2 ** 20;
/** Histograms that are kept for subtraction take this much at most; a node without one is counted again. */
const HISTOGRAM_BUDGET = 256 * 2 ** 20;
const MOST_BUILDS = 1024;
/** Rows that a thread takes at a time: their codes stay in its cache between sending them on and counting them. */
const CHUNK = 2048;

/**
 * Makes the memory of a fit and writes the rows into it.
 *
 * @throws PipelineError TRAINER_OUT_OF_MEMORY before any work
 */
export function fillMemory(input: HistInput, limits: HistLimits): FitMemory {
  const { binned, targets, heldOut, threads, rowWeights } = input;
  const { rows, cols: columns } = binned.codes;
  const { packed } = binned;
  const totalBins = binned.binStart[columns] as number;
  const counting = limits.leastWeight > 0;
  const groups = groupColumns(binned);
  const mostLeaves = Math.min(limits.maxLeaves, rows, (MOST_NODES + 1) / 2, 2 ** limits.maxDepth);
  // Growing by leaves splits nodes ahead of their turn.
  const ahead = limits.growth === "leaf_wise" ? 2 : 1;
  const mostNodes = Math.min(MOST_NODES, 2 * ahead * mostLeaves - 1);
  const moments = counting ? 2 : 1;
  const fits = (bytes: number, budget: number): number => Math.max(2, Math.floor(budget / bytes));
  // The deepest nodes are never counted: their sums are known from their parents' splits.
  const mostBuilds = Math.min(
    MOST_BUILDS,
    mostLeaves + 1,
    fits(moments * groups.length * H.CELLS * 8, AREA_BUDGET),
  );
  const mostHistograms = Math.min(
    ahead * mostLeaves + 1,
    fits(moments * totalBins * 8, HISTOGRAM_BUDGET),
  );
  const mostTables = Math.min(mostLeaves, MOST_BUILDS);
  const layout = layOutMemory({
    rows,
    columns,
    totalBins,
    physical: groups.length,
    threads,
    nodes: mostNodes,
    builds: mostBuilds,
    histograms: mostHistograms,
    tables: mostTables,
    chunk: CHUNK,
    counting,
    holdingOut: heldOut !== null,
    codes: packed?.at ?? null,
  });
  const kernel = packed ? takeOver(packed, rows, layout) : createKernel(layout.bytes);
  const totalWeight = targets.weight.reduce((sum, weight) => sum + weight, 0);
  const scales = findScales(totalWeight, rows, Math.min(rowWeights.positive, rowWeights.negative));
  const memory = {
    kernel,
    layout,
    scales,
    rows,
    threads,
    mostLeaves,
    mostNodes,
    mostBuilds,
    mostHistograms,
    mostTables,
  };
  writeHeader(memory, input, limits, groups.length);
  writeColumns(memory, binned, limits.monotonic, groups);
  const { buffer } = kernel.memory;
  new Float64Array(buffer, layout.scores, rows).fill(input.initialScore);
  new Float32Array(buffer, layout.weights, rows).set(targets.weight);
  new Float32Array(buffer, layout.positives, rows).set(targets.sum);
  if (heldOut) kernel.bytes.set(heldOut, layout.heldOut);
  if (!packed) packRows(binned, groups, kernel.bytes.subarray(layout.codes), layout.stride);
  return memory;
}

/** A kernel that goes on in the memory of packed codes, all else in it zeroed. */
function takeOver(
  { memory, at, stride }: PackedCodes,
  rows: number,
  { bytes }: MemoryLayout,
): HistKernel {
  const used = memory.buffer.byteLength;
  const kernel = createKernel(bytes, memory);
  kernel.bytes.fill(0, 0, at);
  kernel.bytes.fill(0, at + rows * stride, Math.min(used, bytes));
  return kernel;
}

function writeHeader(
  { kernel, layout, scales, rows }: FitMemory,
  { binned, subsample, rowWeights }: HistInput,
  limits: HistLimits,
  physical: number,
): void {
  const { words, reals } = kernel;
  const columns = binned.codes.cols;
  words[H.ROWS] = rows;
  words[H.CHUNK] = CHUNK;
  words[H.CODES] = layout.codes;
  words[H.STRIDE] = layout.stride;
  words[H.PHYSICAL] = physical;
  words[H.MOMENTS] = layout.moments;
  words[H.ROW_COUNTS] = layout.rowCounts;
  words[H.SCORES] = layout.scores;
  words[H.WEIGHTS] = layout.weights;
  words[H.POSITIVES] = layout.positives;
  words[H.NODE_IDS] = layout.nodeIds;
  words[H.ROUTES] = layout.routes;
  words[H.BUILDS] = layout.builds;
  words[H.VALUES] = layout.values;
  words[H.NODES] = layout.nodes;
  words[H.AREAS] = layout.areas;
  words[H.AREA_BYTES] = layout.areaBytes;
  words[H.BUILD_BYTES] = layout.buildBytes;
  words[H.SCRATCH] = layout.scratch;
  words[H.SCRATCH_BYTES] = layout.scratchBytes;
  words[H.COVERS] = layout.covers;
  words[H.COVER_BYTES] = layout.coverBytes;
  words[H.JOBS] = layout.jobs;
  words[H.COLUMNS] = layout.columns;
  words[H.COLUMN_COUNT] = columns;
  words[H.GROUPS] = layout.groups;
  words[H.GROUP_MEMBERS] = layout.groupMembers;
  words[H.TOTAL_BINS] = binned.binStart[columns] as number;
  words[H.TREE_COLUMNS] = limits.treeColumns;
  words[H.DRAWN_COLUMNS] = limits.drawnColumns;
  words[H.INCLUDED] = layout.included;
  words[H.HELD_OUT] = layout.heldOut;
  words[H.SUBSAMPLE] = Number(subsample < 1);
  words[H.SUBSAMPLE_BOUND] = Math.min(2 ** 32 - 1, Math.round(subsample * 2 ** 32));
  words[H.STOCHASTIC] = Number(scales.byChance);
  words[H.BOUNDED] = Number(limits.monotonic.some((sign) => sign !== 0));
  words[H.LEAST_HESSIAN] = asLeast(limits.leastHessian, scales.hessian);
  words[H.LEAST_COUNT] = asLeast(limits.leastWeight, scales.count);
  reals[H.GRADIENT_SCALE] = scales.gradient;
  reals[H.HESSIAN_SCALE] = scales.hessian;
  reals[H.COUNT_SCALE] = scales.count;
  reals[H.COVER_SCALE] = scales.cover;
  reals[H.L2] = limits.l2;
  reals[H.POSITIVE_UNIT] = rowWeights.positive;
  reals[H.NEGATIVE_UNIT] = rowWeights.negative;
}

function asLeast(amount: number, scale: number): number {
  return Math.min(2 ** 31 - 1, Math.ceil(amount * scale));
}

function writeColumns(
  { kernel, layout }: FitMemory,
  binned: BinnedMatrix,
  monotonic: Int8Array,
  groups: readonly ColumnGroup[],
): void {
  const { ints, bytes } = kernel;
  let member = 0;
  groups.forEach(({ columns }, group) => {
    ints[layout.groups / 4 + 2 * group] = member;
    ints[layout.groups / 4 + 2 * group + 1] = columns.length;
    ints.set(columns, layout.groupMembers / 4 + member);
    member += columns.length;
  });
  for (const { column, group, radix, bins } of digitsOf(binned, groups)) {
    const about = binned.columns[column] as BinnedMatrix["columns"][number];
    const digits = layout.digits + column * H.CELLS;
    for (let code = 0; code < H.CELLS; code++) {
      bytes[digits + code] = Math.floor(code / radix) % bins;
    }
    const at = layout.columns + column * H.COLUMN_BYTES;
    ints[(at + H.COLUMN_FIRST_BIN) / 4] = binned.binStart[column] as number;
    ints[(at + H.COLUMN_VALUE_BINS) / 4] = about.valueBins;
    ints[(at + H.COLUMN_HAS_MISSING) / 4] = bins - about.valueBins;
    ints[(at + H.COLUMN_IS_CATEGORICAL) / 4] = Number(about.kind === "categorical");
    ints[(at + H.COLUMN_MONOTONIC) / 4] = monotonic[column] as number;
    ints[(at + H.COLUMN_PHYSICAL) / 4] = group;
    ints[(at + H.COLUMN_DIGITS) / 4] = digits;
  }
}
