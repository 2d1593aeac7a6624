import type { RowMajorF64, SeededRandom } from "@gillnet/entity";
import type { KnnImputer } from "@gillnet/model-bundle";
import type { KnnParams } from "./params.ts";
import { compareRows, orderRows } from "./row-order.ts";

/** A fitted imputer and what there is to say about it. */
export interface KnnFit {
  readonly imputer: KnnImputer;
  /** Distinct training rows with any value; more than the imputer's donors when those are a sample. */
  readonly distinctRows: number;
  /** The columns without a value in training, left out of the imputer: nothing could fill them. */
  readonly emptyColumns: readonly number[];
}

/**
 * Fits the KNN imputer: keeps the distinct training rows as donors, with the rows that each stands for.
 *
 * Weights that are whole numbers are copies: the result is equal, to the last bit, to that of the rows
 * written out as often. With any other weights each row counts once, as scikit-learn has it.
 *
 * @param matrix training rows, NaN where missing. Not changed.
 * @param rowWeights one a row, above 0.
 * @param columns indices of the numeric columns, ascending.
 * @param random draws the donors when there are more than `maximum_donors`. Every distinct row is as likely
 *   as another and keeps its copies, so shares among the donors are those of the training rows on average.
 */
export function fitKnnImputer(
  matrix: RowMajorF64,
  rowWeights: Float64Array,
  columns: readonly number[],
  params: KnnParams,
  random: SeededRandom,
): KnnFit {
  const hasValue = columns.map((column) => columnHasValue(matrix, column));
  const filled = Int32Array.from(columns.filter((_, i) => hasValue[i]));
  const emptyColumns = columns.filter((_, i) => !hasValue[i]);

  const copies = rowWeights.every(Number.isInteger) ? rowWeights : rowWeights.map(() => 1);
  const order = orderRows(matrix, filled);
  const starts = distinctStarts(matrix, filled, order);
  const counts = starts.map((start, i) => {
    let count = 0;
    const end = starts[i + 1] ?? order.length;
    for (let at = start; at < end; at++) count += copies[order[at] as number] as number;
    return count;
  });

  const width = filled.length;
  const cells = new Float64Array(starts.length * width);
  for (let donor = 0; donor < starts.length; donor++) {
    const row = order[starts[donor] as number] as number;
    for (let j = 0; j < width; j++) {
      cells[donor * width + j] = matrix.data[row * matrix.cols + (filled[j] as number)] as number;
    }
  }
  // A row without any value is last in the order; it shares no column with any row, so it is no donor.
  const last = cells.subarray(cells.length - width);
  const distinctRows = starts.length - (last.every((cell) => Number.isNaN(cell)) ? 1 : 0);

  const kept = chooseDonors(distinctRows, params.maximum_donors, random);
  const donors = new Float64Array(kept.length * width);
  for (let i = 0; i < kept.length; i++) {
    const start = (kept[i] as number) * width;
    donors.set(cells.subarray(start, start + width), i * width);
  }
  return {
    imputer: {
      kind: "knn",
      neighbors: params.neighbors,
      weights: params.weights,
      columns: filled,
      donors,
      donorCounts: Float64Array.from(kept, (donor) => counts[donor] as number),
      means: columnMeans(cells, counts, width),
    },
    distinctRows,
    emptyColumns,
  };
}

function columnHasValue(matrix: RowMajorF64, column: number): boolean {
  for (let at = column; at < matrix.data.length; at += matrix.cols) {
    if (!Number.isNaN(matrix.data[at])) return true;
  }
  return false;
}

/** Where each run of equal rows starts in `order`. */
function distinctStarts(
  matrix: RowMajorF64,
  columns: Int32Array,
  order: Uint32Array,
): readonly number[] {
  const starts: number[] = [];
  for (let at = 0; at < order.length; at++) {
    const row = order[at] as number;
    if (at === 0 || compareRows(matrix, columns, order[at - 1] as number, row) !== 0) {
      starts.push(at);
    }
  }
  return starts;
}

/** The indices of the donors to keep, ascending. */
function chooseDonors(count: number, maximum: number | null, random: SeededRandom): Uint32Array {
  const indices = new Uint32Array(count);
  for (let i = 0; i < count; i++) indices[i] = i;
  if (maximum === null || count <= maximum) return indices;
  random.shuffle(indices);
  return indices.slice(0, maximum).sort();
}

/** Mean of each column's values over all copies; every column has a value. */
function columnMeans(cells: Float64Array, counts: readonly number[], width: number): Float64Array {
  const sums = new Float64Array(width);
  const totals = new Float64Array(width);
  for (let row = 0; row < counts.length; row++) {
    const count = counts[row] as number;
    for (let j = 0; j < width; j++) {
      const cell = cells[row * width + j] as number;
      if (Number.isNaN(cell)) continue;
      sums[j] = (sums[j] as number) + count * cell;
      totals[j] = (totals[j] as number) + count;
    }
  }
  return sums.map((sum, j) => sum / (totals[j] as number));
}
