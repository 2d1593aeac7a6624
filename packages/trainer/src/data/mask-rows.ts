import { applyBins } from "../engine/apply-bins.ts";
import type { TrainingSet } from "../families/family.ts";
import type { SeededRandom } from "@gillnet/entity";
import { distinctRows } from "./distinct-rows.ts";

/** How copies of rows are masked. */
export interface Masking {
  /** Masked copies that join each distinct row; 0 masks nothing. */
  readonly copies: number;
  /** Most of the units that a copy hides: each copy draws its own share from 0 to this. */
  readonly share: number;
  /** Columns that are hidden together, by their indices; any other column is hidden by itself. */
  readonly groups: readonly (readonly number[])[];
}

/**
 * Joins every distinct row by copies of which some columns are missing, so that a model learns what to say when
 * the sources of these columns are gone. The row and its copies share the row's weight.
 *
 * A unit is a group of columns or a column that is in none. Each copy draws a share, then hides each unit with
 * that chance. Every row draws in its turn, rows without weight too: a row is masked alike in every fold.
 *
 * The rows given come first in the result, in their order, so that answers for the result's first rows are answers
 * for them; then come the masked rows that are not among them, each once, ascending. Every column has a bin for
 * missing cells. O(copies * cells + rows log rows).
 *
 * @returns the set itself when `copies` is 0
 */
export function maskRows(
  training: TrainingSet,
  masking: Masking,
  random: SeededRandom,
): TrainingSet {
  const { copies } = masking;
  if (copies === 0) return training;
  const { x, binned, targets, weightUnit } = training;
  const { rows, cols } = x;
  const masked = maskedCopies(training, masking, random);

  // Row r and its copies stand at r and rows + r * copies; equal ones have the same place in `distinct`.
  const all = new Float64Array(x.data.length + masked.length);
  all.set(x.data);
  all.set(masked, x.data.length);
  const height = rows * (1 + copies);
  const { x: distinct, indexOf } = distinctRows({ data: all, rows: height, cols });
  const place = new Int32Array(distinct.rows).fill(-1);
  for (let row = 0; row < rows; row++) place[indexOf[row] as number] = row;
  let count = rows;
  for (let at = 0; at < distinct.rows; at++) if (place[at] === -1) place[at] = count++;

  const data = new Float64Array(distinct.rows * cols);
  for (let at = 0; at < distinct.rows; at++) {
    const row = distinct.data.subarray(at * cols, (at + 1) * cols);
    data.set(row, (place[at] as number) * cols);
  }
  const sum = new Float64Array(distinct.rows);
  const weight = new Float64Array(distinct.rows);
  for (let at = 0; at < height; at++) {
    const to = place[indexOf[at] as number] as number;
    const from = at < rows ? at : Math.floor((at - rows) / copies);
    sum[to] = (sum[to] as number) + (targets.sum[from] as number) / (1 + copies);
    weight[to] = (weight[to] as number) + (targets.weight[from] as number) / (1 + copies);
  }
  const wide = { data, rows: distinct.rows, cols };
  const columns = binned.columns.map((bins) => ({ ...bins, hasMissing: true }));
  return {
    ...training,
    x: wide,
    binned: applyBins(wide, columns),
    targets: { sum, weight },
    weightUnit: weightUnit / (1 + copies),
  };
}

/** The copies of row 0, then those of row 1, and so on. */
function maskedCopies(
  { x: { data, rows, cols } }: TrainingSet,
  { copies, share, groups }: Masking,
  random: SeededRandom,
): Float64Array {
  const grouped = new Set(groups.flat());
  const single = Array.from({ length: cols }, (_, column) => column).filter(
    (column) => !grouped.has(column),
  );
  const units = [...groups, ...single.map((column) => [column])];
  const masked = new Float64Array(rows * copies * cols);
  for (let copy = 0; copy < rows * copies; copy++) {
    const row = Math.floor(copy / copies) * cols;
    masked.set(data.subarray(row, row + cols), copy * cols);
    const chance = share * random.uniform();
    for (const unit of units) {
      if (random.uniform() >= chance) continue;
      for (const column of unit) masked[copy * cols + column] = NaN;
    }
  }
  return masked;
}
