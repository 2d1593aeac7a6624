import { NEGATIVE, POSITIVE, problemCount, UNPREDICTED } from "./answer-table.ts";
import type { AnswerTable } from "./answer-table.ts";
import { cellOfRow } from "./csv-index.ts";

/** Which rows are shown. */
export type Shown = "all" | "positive" | "negative" | "flagged";

/** A column of the answer, or the index of one of the file's. */
export type SortColumn = "row" | "prediction" | "probability" | "problems" | number;

export interface Sort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

export interface View {
  readonly shown: Shown;
  /** Text that a row or its problems must hold, whatever its case; "" for any. */
  readonly search: string;
  readonly sort: Sort;
}

const fileOrder: Sort = { column: "row", descending: false };
export const wholeFile: View = { shown: "all", search: "", sort: fileOrder };

/** Rows of each kind. */
export function countShown(table: AnswerTable): Readonly<Record<Shown, number>> {
  const counts = { all: table.rowCount, positive: 0, negative: 0, flagged: 0 };
  for (let row = 0; row < table.rowCount; row++) {
    if (table.verdict[row] === POSITIVE) counts.positive++;
    else if (table.verdict[row] === NEGATIVE) counts.negative++;
    if (problemCount(table, row) > 0) counts.flagged++;
  }
  return counts;
}

/**
 * The rows (0 is the file's first) that a view shows, in its order. Ties keep the file's order; rows that
 * have nothing in the sorted column come last, whichever way it is sorted.
 */
export function arrangeRows(table: AnswerTable, view: View): Int32Array {
  const rows = new Int32Array(table.rowCount);
  const isShown = filterOf(table, view);
  let length = 0;
  for (let row = 0; row < table.rowCount; row++) if (isShown(row)) rows[length++] = row;
  return sortRows(table, rows.subarray(0, length), view.sort);
}

/** What a click on a column's header makes of the order: its first way, then the other, then the file's order. */
export function nextSort(current: Sort, column: SortColumn): Sort {
  // Of these the high values are what one looks for.
  const startsDescending = column === "probability" || column === "problems";
  if (current.column !== column) return { column, descending: startsDescending };
  if (current.descending === startsDescending) return { column, descending: !startsDescending };
  return fileOrder;
}

function filterOf(table: AnswerTable, { shown, search }: View): (row: number) => boolean {
  const isOfKind = kindFilter(table, shown);
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return isOfKind;
  const { text, rowStart, rowEnd } = table.csv;
  const isWantedProblem = table.problems.map(({ message }) =>
    message.toLowerCase().includes(wanted),
  );
  return (row) => {
    if (!isOfKind(row)) return false;
    if (text.slice(rowStart[row], rowEnd[row]).toLowerCase().includes(wanted)) return true;
    const ids = table.problemId.subarray(table.problemStart[row], table.problemStart[row + 1]);
    return ids.some((id) => isWantedProblem[id] === true);
  };
}

function kindFilter(
  { verdict, problemStart }: AnswerTable,
  shown: Shown,
): (row: number) => boolean {
  const filters: Readonly<Record<Shown, (row: number) => boolean>> = {
    all: () => true,
    positive: (row) => verdict[row] === POSITIVE,
    negative: (row) => verdict[row] === NEGATIVE,
    flagged: (row) => problemStart[row + 1] !== problemStart[row],
  };
  return filters[shown];
}

function sortRows(table: AnswerTable, rows: Int32Array, { column, descending }: Sort): Int32Array {
  if (column === "row") return descending ? rows.reverse() : rows;
  const keys = keysOf(table, column);
  const sign = descending ? -1 : 1;
  return rows.sort((a, b) => {
    const keyA = keys[a] as number;
    const keyB = keys[b] as number;
    if (keyA < keyB) return -sign;
    if (keyA > keyB) return sign;
    return Number(Number.isNaN(keyA)) - Number(Number.isNaN(keyB)) || a - b;
  });
}

/** Per row a number that sorts as the column's cells do; NaN for an empty one. */
function keysOf(table: AnswerTable, column: Exclude<SortColumn, "row">): Float64Array {
  if (column === "probability") return table.probability;
  if (column === "prediction") {
    // The positive class before the negative one.
    return Float64Array.from(table.verdict, (verdict) =>
      verdict === UNPREDICTED ? Number.NaN : -verdict,
    );
  }
  const { rowCount } = table;
  if (column === "problems") {
    return Float64Array.from({ length: rowCount }, (_, row) => problemCount(table, row));
  }
  const cells = Array.from({ length: rowCount }, (_, row) =>
    cellOfRow(table.csv, row, column).trim(),
  );
  const numbers = Float64Array.from(cells, (cell) => (cell === "" ? Number.NaN : Number(cell)));
  const isNumeric = cells.every((cell, row) => cell === "" || !Number.isNaN(numbers[row]));
  return isNumeric ? numbers : ranksOf(cells);
}

/** Sorts the different texts once, so that rows are compared by number. */
function ranksOf(cells: readonly string[]): Float64Array {
  const distinct = [...new Set(cells)].sort((a, b) => (a < b ? -1 : 1));
  const rank = new Map(distinct.map((text, index) => [text, index]));
  return Float64Array.from(cells, (cell) =>
    cell === "" ? Number.NaN : (rank.get(cell) as number),
  );
}
