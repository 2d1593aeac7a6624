import { MOST_BYTES, outOfMemory, wholeLines } from "../kernel-memory.ts";
import { CELLS, COLUMN_BYTES, HEADER_BYTES, JOB_BYTES, NODE_BYTES } from "./header.ts";

/** What a fit's memory has to hold. */
export interface MemoryNeeds {
  readonly rows: number;
  readonly columns: number;
  readonly totalBins: number;
  readonly physical: number;
  readonly threads: number;
  readonly nodes: number;
  /** Histograms that are filled in one pass over the rows. */
  readonly builds: number;
  /** Histograms that are kept for subtraction. */
  readonly histograms: number;
  /** Splits whose rows have not been sent on yet. */
  readonly tables: number;
  /** Rows that a thread takes at a time. */
  readonly chunk: number;
  /** Whether leaves have a least weight: then weights are summed beside the moments. */
  readonly counting: boolean;
  readonly holdingOut: boolean;
  /** Where the codes are, when they are there already; else null. */
  readonly codes: number | null;
}

/** Where everything is, in bytes; 0 for what is not there. */
export interface MemoryLayout {
  readonly codes: number;
  /** Bytes from one row's codes to the next: a multiple of 8. */
  readonly stride: number;
  readonly moments: number;
  readonly rowCounts: number;
  readonly scores: number;
  readonly weights: number;
  readonly positives: number;
  readonly nodeIds: number;
  readonly included: number;
  readonly heldOut: number;
  readonly routes: number;
  readonly builds: number;
  readonly values: number;
  readonly nodes: number;
  readonly areas: number;
  readonly areaBytes: number;
  readonly buildBytes: number;
  readonly scratch: number;
  readonly scratchBytes: number;
  readonly covers: number;
  readonly coverBytes: number;
  readonly jobs: number;
  readonly columns: number;
  readonly groups: number;
  readonly groupMembers: number;
  readonly digits: number;
  /** 256 bytes each; one before the first is all zeros. */
  readonly tables: number;
  readonly histograms: number;
  readonly histogramBytes: number;
  readonly bytes: number;
}

/** Room that the search of a node takes: a column's ratios and their order. */
const SEARCH_BYTES = 4096;

/**
 * Lays out the memory of a fit.
 *
 * @throws PipelineError TRAINER_OUT_OF_MEMORY when it would pass the 4 GiB of a WebAssembly memory
 */
export function layOutMemory(needs: MemoryNeeds): MemoryLayout {
  const { rows, columns, totalBins, physical, threads, nodes, builds, counting, chunk } = needs;
  const moments = counting ? 2 : 1;
  const stride = 8 * Math.ceil(physical / 8);
  const buildBytes = moments * physical * CELLS * 8;
  const areaBytes = wholeLines(builds * buildBytes);
  const histogramBytes = moments * totalBins * 8;
  const scratchBytes = wholeLines(8 * (chunk + 1) + SEARCH_BYTES + histogramBytes);
  const coverBytes = wholeLines(8 * nodes);
  // By whole cache lines, so that threads do not write to each other's.
  let end = needs.codes === null ? HEADER_BYTES : wholeLines(needs.codes + rows * stride);
  const take = (bytes: number): number => {
    const start = end;
    end = wholeLines(end + bytes);
    return start;
  };
  // What is not of the rows comes last: of it only what a fit uses is ever touched.
  const layout = {
    stride,
    areaBytes,
    buildBytes,
    scratchBytes,
    coverBytes,
    histogramBytes,
    codes: needs.codes ?? take(rows * stride),
    scores: take(rows * 8),
    moments: take(rows * 8),
    rowCounts: counting ? take(rows * 8) : 0,
    weights: take(rows * 4),
    positives: take(rows * 4),
    nodeIds: take(rows * 2),
    included: take(rows),
    heldOut: needs.holdingOut ? take(rows) : 0,
    columns: take(columns * COLUMN_BYTES),
    groups: take(physical * 8),
    groupMembers: take(columns * 4),
    digits: take(columns * CELLS),
    jobs: take(2 * builds * JOB_BYTES),
    tables: take((needs.tables + 1) * CELLS) + CELLS,
    routes: take(nodes * 16),
    builds: take(nodes * 4),
    values: take(nodes * 8),
    nodes: take(nodes * NODE_BYTES),
    covers: take(threads * coverBytes),
    scratch: take(threads * scratchBytes),
    areas: take(threads * areaBytes),
    histograms: take(needs.histograms * histogramBytes),
  };
  if (end > MOST_BYTES) {
    throw outOfMemory(
      `${rows} distinct rows of ${columns} columns take ${gibibytes(end)} GiB, and a fit has at most 4`,
      { rows, columns, bytes: end },
    );
  }
  return { ...layout, bytes: end };
}

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(1);
}
