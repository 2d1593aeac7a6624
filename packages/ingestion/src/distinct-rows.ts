import type { CategoricalColumn, Column, NumericColumn } from "@gillnet/entity";

/** Which rows are equal: rows with one id have equal cells in every column (missing equals missing). */
export interface DistinctRows {
  /** One id a row, 0 to `count` - 1. */
  readonly ids: Int32Array;
  readonly count: number;
}

/** One column as whole numbers that keep its order: rank 0 is the smallest value, missing is the highest rank. */
interface RankedColumn {
  readonly ranks: Float64Array | Int32Array;
  /** Ranks are below this bound. */
  readonly bound: number;
}

/** Numeric columns of whole numbers within such a range are ranked by a table instead of by sorting. */
const MAXIMUM_TABLE_RANGE = 65_536;

/**
 * Numbers the distinct rows of `columns`.
 *
 * Ids follow the lexicographic order of the cells (numbers ascending, text by UTF-16 code unit, missing
 * last; first column first), so they depend on which rows there are and not on their order.
 *
 * With `coarser`, rows must also share its id, which counts as a column before the first: so a numbering by
 * more columns takes up where one by fewer ended.
 *
 * Cells are packed into one number a row, as digits of a mixed-radix number; whenever the next column no
 * longer fits into 53 bits the numbers are replaced by their ranks. O(columns * rows) for columns of few
 * values, a sort more for each column of many.
 */
export function numberDistinctRows(
  columns: readonly Column[],
  rowCount: number,
  coarser?: DistinctRows,
): DistinctRows {
  if (coarser?.count === rowCount) return coarser;
  let keys = coarser === undefined ? new Float64Array(rowCount) : Float64Array.from(coarser.ids);
  let bound = coarser?.count ?? 1;
  for (const column of columns) {
    const ranked = rankColumn(column);
    if (bound * ranked.bound > Number.MAX_SAFE_INTEGER) {
      const dense = rankNumbers(keys);
      keys = dense.ranks;
      bound = dense.bound;
      // Every row is its own already: more columns cannot tell rows apart or reorder them.
      if (bound === rowCount) break;
    }
    const { ranks, bound: radix } = ranked;
    for (let row = 0; row < rowCount; row++) {
      keys[row] = (keys[row] as number) * radix + (ranks[row] as number);
    }
    bound *= radix;
  }
  const dense = rankNumbers(keys);
  return { ids: Int32Array.from(dense.ranks), count: dense.bound };
}

function rankColumn(column: Column): RankedColumn {
  return column.kind === "categorical" ? rankCodes(column) : rankValues(column);
}

function rankCodes(column: CategoricalColumn): RankedColumn {
  const missing = column.categories.length;
  return {
    ranks: column.codes.map((code) => (code < 0 ? missing : code)),
    bound: missing + 1,
  };
}

function rankValues(column: NumericColumn): RankedColumn {
  const { values } = column;
  let minimum = Infinity;
  let maximum = -Infinity;
  let whole = true;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value)) {
      whole = false;
      break;
    }
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  const range = maximum - minimum;
  // An all-missing column has range -Infinity and is ranked by the table, too.
  return whole && range < MAXIMUM_TABLE_RANGE
    ? rankWholeNumbers(values, minimum, Math.max(range, -1))
    : rankNumbers(values);
}

/** Ranks whole numbers from `minimum` to `minimum + range` through a table of those that occur. */
function rankWholeNumbers(values: Float64Array, minimum: number, range: number): RankedColumn {
  const missing = range + 1;
  const rankOf = new Int32Array(missing + 1);
  const slots = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    const slot = Number.isNaN(value) ? missing : value - minimum;
    slots[row] = slot;
    rankOf[slot] = 1;
  }
  let bound = 0;
  for (let slot = 0; slot < rankOf.length; slot++) {
    if (rankOf[slot] === 1) rankOf[slot] = bound++;
  }
  for (let row = 0; row < slots.length; row++) slots[row] = rankOf[slots[row] as number] as number;
  return { ranks: slots, bound: Math.max(bound, 1) };
}

/** Dense ranks of any numbers; NaN ranks last; -0 and 0 are one value. */
function rankNumbers(values: Float64Array): {
  readonly ranks: Float64Array<ArrayBuffer>;
  readonly bound: number;
} {
  const distinct = values.slice().sort();
  let count = 0;
  for (let i = 0; i < distinct.length; i++) {
    const value = distinct[i] as number;
    if (Number.isNaN(value)) break;
    if (count === 0 || distinct[count - 1] !== value) distinct[count++] = value;
  }
  const ranks = new Float64Array(values.length);
  let missing = false;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) {
      missing = true;
      ranks[row] = count;
      continue;
    }
    let start = 0;
    let end = count - 1;
    while (start < end) {
      const middle = (start + end) >>> 1;
      if ((distinct[middle] as number) < value) start = middle + 1;
      else end = middle;
    }
    ranks[row] = start;
  }
  return { ranks, bound: missing ? count + 1 : count };
}
