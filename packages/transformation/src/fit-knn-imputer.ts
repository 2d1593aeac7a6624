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
 * @param random puts the donors in order, and so draws them when there are more than `maximum_donors`: every
 *   distinct row is as likely as another and keeps its copies, so shares among the donors are those of the
 *   training rows on average.
 */
export function fitKnnImputer(
  matrix: RowMajorF64,
  rowWeights: Float64Array,
  columns: readonly number[],
  params: KnnParams,
  random: SeededRandom,
): KnnFit {
  const emptyColumns = columns.filter((column) => !hasValue(matrix, column));
  const filled = Int32Array.from(columns.filter((column) => !emptyColumns.includes(column)));
  const copies = rowWeights.every(Number.isInteger) ? rowWeights : rowWeights.map(() => 1);
  const { rows, counts } = findDistinctRows(matrix, filled, copies);

  // Where donors are equally near the first one wins. In ascending order that would be the one of low
  // values: on the phishing table, 5 % missing, the mean error of a column reached -0.15, against 0.08.
  const places = Uint32Array.from(rows, (_, place) => place);
  random.shuffle(places);
  const kept = places.slice(0, params.maximum_donors ?? places.length);

  const width = filled.length;
  const donors = new Float64Array(kept.length * width);
  for (let donor = 0; donor < kept.length; donor++) {
    const start = (rows[kept[donor] as number] as number) * matrix.cols;
    for (let j = 0; j < width; j++) {
      donors[donor * width + j] = matrix.data[start + (filled[j] as number)] as number;
    }
  }
  return {
    imputer: {
      kind: "knn",
      neighbors: params.neighbors,
      weights: params.weights,
      columns: filled,
      donors,
      donorCounts: Float64Array.from(kept, (place) => counts[place] as number),
      means: Float64Array.from(filled, (column) => meanOf(matrix, column, rows, counts)),
    },
    distinctRows: rows.length,
    emptyColumns,
  };
}

function hasValue(matrix: RowMajorF64, column: number): boolean {
  for (let at = column; at < matrix.data.length; at += matrix.cols) {
    if (!Number.isNaN(matrix.data[at])) return true;
  }
  return false;
}

/** One row of each kind, in ascending order of their cells, and how many copies there are of it. */
interface DistinctRows {
  readonly rows: readonly number[];
  readonly counts: readonly number[];
}

/** The distinct rows that have a value: one that has none shares no column with any row. */
function findDistinctRows(
  matrix: RowMajorF64,
  columns: Int32Array,
  copies: Float64Array,
): DistinctRows {
  const rows: number[] = [];
  const counts: number[] = [];
  for (const row of orderRows(matrix, columns)) {
    const last = rows.at(-1);
    if (last !== undefined && compareRows(matrix, columns, last, row) === 0) {
      counts[counts.length - 1] = (counts.at(-1) ?? 0) + (copies[row] as number);
    } else if (columns.some((column) => !Number.isNaN(matrix.data[row * matrix.cols + column]))) {
      rows.push(row);
      counts.push(copies[row] as number);
    }
  }
  return { rows, counts };
}

/** Mean of a column's values over all copies, summed in ascending order; there is a value. */
function meanOf(
  matrix: RowMajorF64,
  column: number,
  rows: readonly number[],
  counts: readonly number[],
): number {
  let sum = 0;
  let total = 0;
  for (let place = 0; place < rows.length; place++) {
    const cell = matrix.data[(rows[place] as number) * matrix.cols + column] as number;
    if (Number.isNaN(cell)) continue;
    sum += (counts[place] as number) * cell;
    total += counts[place] as number;
  }
  return sum / total;
}
