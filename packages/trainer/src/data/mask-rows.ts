import type { SeededRandom } from "@gillnet/entity";

import { applyBins } from "../engine/apply-bins.ts";
import type { TrainingSet } from "../families/family.ts";
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
 * the sources of these columns are gone. A copy weighs what its row weighs: whole weights stay whole, and next to
 * weights that were split the log loss was lower, with all columns there and without some.
 *
 * A unit is a group of columns or a column that is in none. Each copy draws a share, then hides each unit with
 * that chance. Rows without weight draw in their turn and get no copies: a row is masked alike in every fold.
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
  if (masking.copies === 0) return training;
  const { x, binned, targets } = training;
  const { cols } = x;
  const { data: all, from } = withMaskedCopies(training, masking, random);
  const { x: distinct, indexOf } = distinctRows({ data: all, rows: from.length, cols });

  // Where each distinct row comes to stand.
  const place = new Int32Array(distinct.rows).fill(-1);
  for (let row = 0; row < x.rows; row++) place[indexOf[row] as number] = row;
  let count = x.rows;
  for (let at = 0; at < distinct.rows; at++) if (place[at] === -1) place[at] = count++;

  const data = new Float64Array(distinct.data.length);
  for (let at = 0; at < distinct.rows; at++) {
    const cells = distinct.data.subarray(at * cols, (at + 1) * cols);
    data.set(cells, (place[at] as number) * cols);
  }
  const sum = new Float64Array(distinct.rows);
  const weight = new Float64Array(distinct.rows);
  const copyOf = new Int32Array(distinct.rows).fill(-1);
  for (let at = 0; at < from.length; at++) {
    const to = place[indexOf[at] as number] as number;
    const row = from[at] as number;
    sum[to] = (sum[to] as number) + (targets.sum[row] as number);
    weight[to] = (weight[to] as number) + (targets.weight[row] as number);
    if (copyOf[to] === -1) copyOf[to] = row;
  }
  const wide = { data, rows: distinct.rows, cols };
  const columns = binned.columns.map((bins) => Object.assign({}, bins, { hasMissing: true }));
  return {
    ...training,
    x: wide,
    binned: applyBins(wide, columns),
    targets: { sum, weight },
    copyOf,
  };
}

/** The rows, then the copies of the first that has weight, and so on; and of each the row that it comes from. */
function withMaskedCopies(
  { x: { data, rows, cols }, targets }: TrainingSet,
  { copies, share, groups }: Masking,
  random: SeededRandom,
): { readonly data: Float64Array; readonly from: Int32Array } {
  const grouped = new Set(groups.flat());
  const single = Array.from({ length: cols }, (_, column) => [column]).filter(
    ([column]) => !grouped.has(column as number),
  );
  const units = [...groups, ...single];
  const taking = targets.weight.reduce((count, weight) => count + Number(weight > 0), 0);
  const all = new Float64Array((rows + taking * copies) * cols);
  const from = new Int32Array(rows + taking * copies);
  all.set(data);
  let at = rows;
  for (let row = 0; row < rows; row++) {
    from[row] = row;
    const hasWeight = (targets.weight[row] as number) > 0;
    for (let copy = 0; copy < copies; copy++) {
      if (hasWeight) all.set(data.subarray(row * cols, (row + 1) * cols), at * cols);
      const chance = share * random.uniform();
      for (const unit of units) {
        const isHidden = random.uniform() < chance;
        if (!isHidden || !hasWeight) continue;
        for (const column of unit) all[at * cols + column] = NaN;
      }
      if (hasWeight) from[at++] = row;
    }
  }
  return { data: all, from };
}
