import { ascendingOrder } from "../engine/ascending-order.ts";
import { inOrder, sortByKey } from "../engine/sort-by-key.ts";
import { distinctWords } from "./distinct-words.ts";
import type { LabelledRows } from "./labelled-rows.ts";

/**
 * Labelled rows in their canonical form: what they hold, without the order and the group numbers in which
 * they came. A cell is what one group has of one (distinct row, label, weight of a single row).
 *
 * When all weights are integers a row of weight 3 is three rows: then every cell's `unit` is 1 and `copies`
 * holds the weight. Otherwise `unit` is the weight of a row and `copies` how many there are.
 */
export interface GroupedCells {
  readonly groups: number;
  /** One entry a cell, ascending. Groups are in the order of their cells. */
  readonly group: Int32Array;
  /** Index of the distinct row. */
  readonly vector: Int32Array;
  readonly label: Uint8Array;
  readonly unit: Float64Array;
  readonly copies: Float64Array;
  /** What one row weighs on average; 1 when all weights are integers. */
  readonly weightUnit: number;
}

/**
 * Brings rows into canonical form. O(rows), but for groups that begin alike and go on otherwise.
 *
 * @param vectorOf index of each row's distinct row
 */
export function groupedCells(
  rows: Omit<LabelledRows, "x" | "cols">,
  vectorOf: Int32Array,
): GroupedCells {
  const { labels, weights } = rows;
  const n = weights.length;
  let whole = true;
  for (let row = 0; row < n && whole; row++) whole = Number.isInteger(weights[row]);
  // Summed in order of size, so that rounding does not depend on the order of the rows.
  const byWeight = whole ? inOrder(n) : ascendingOrder(weights);
  let total = 0;
  for (let i = 0; i < n; i++) total += weights[byWeight[i] as number] as number;
  const side = new Int32Array(n);
  for (let row = 0; row < n; row++)
    side[row] = 2 * (vectorOf[row] as number) + (labels[row] as number);
  const group = groupNumbers(rows.groups);
  const order = sortByKey(sortByKey(byWeight, side), group);

  // Cells group by group, the groups still in the order of their numbers.
  const cellRow = new Int32Array(n);
  const cellCopies = new Float64Array(n);
  const groupStart = new Int32Array(n + 1);
  let cells = 0;
  let groups = 0;
  let previous = -1;
  for (let i = 0; i < n; i++) {
    const row = order[i] as number;
    const newGroup = previous < 0 || group[row] !== group[previous];
    if (newGroup) groupStart[groups++] = cells;
    const sameCell =
      !newGroup && side[row] === side[previous] && (whole || weights[row] === weights[previous]);
    if (!sameCell) cellRow[cells++] = row;
    cellCopies[cells - 1] =
      (cellCopies[cells - 1] as number) + (whole ? (weights[row] as number) : 1);
    previous = row;
  }
  groupStart[groups] = cells;

  const compareCells = (a: number, b: number): number => {
    const rowA = cellRow[a] as number;
    const rowB = cellRow[b] as number;
    return (
      (side[rowA] as number) - (side[rowB] as number) ||
      (whole ? 0 : (weights[rowA] as number) - (weights[rowB] as number)) ||
      (cellCopies[a] as number) - (cellCopies[b] as number)
    );
  };
  const compareGroups = (a: number, b: number): number => {
    const [startA, endA] = [groupStart[a] as number, groupStart[a + 1] as number];
    const [startB, endB] = [groupStart[b] as number, groupStart[b + 1] as number];
    for (let i = startA, j = startB; i < endA && j < endB; i++, j++) {
      const difference = compareCells(i, j);
      if (difference !== 0) return difference;
    }
    return endA - startA - (endB - startB);
  };
  const firstSide = new Int32Array(groups);
  for (let g = 0; g < groups; g++) {
    firstSide[g] = side[cellRow[groupStart[g] as number] as number] as number;
  }
  // Groups of equal cells stay in whatever order: they are interchangeable.
  const groupOrder = sortByKey(inOrder(groups), firstSide);
  sortRuns(groupOrder, firstSide, compareGroups);

  const result = {
    groups,
    group: new Int32Array(cells),
    vector: new Int32Array(cells),
    label: new Uint8Array(cells),
    unit: new Float64Array(cells),
    copies: new Float64Array(cells),
    weightUnit: whole ? 1 : total / n,
  };
  let at = 0;
  for (let g = 0; g < groups; g++) {
    const from = groupOrder[g] as number;
    for (let cell = groupStart[from] as number; cell < (groupStart[from + 1] as number); cell++) {
      const row = cellRow[cell] as number;
      result.group[at] = g;
      result.vector[at] = vectorOf[row] as number;
      result.label[at] = labels[row] as number;
      result.unit[at] = whole ? 1 : (weights[row] as number);
      result.copies[at] = cellCopies[cell] as number;
      at++;
    }
  }
  return result;
}

/** A number that is not negative for each distinct group, one a row. */
function groupNumbers(groups: Float64Array): Int32Array {
  const numbers = new Int32Array(groups.length);
  for (let row = 0; row < groups.length; row++) {
    const group = groups[row] as number;
    numbers[row] = group;
    if (!(numbers[row] === group && group >= 0)) {
      // Adding 0 turns -0 into 0.
      const plain = groups.map((each) => (Number.isNaN(each) ? NaN : each + 0));
      return distinctWords(new Uint32Array(plain.buffer), plain.length, 2).indexOf;
    }
  }
  return numbers;
}

/** Sorts each run of equal keys, unless all in it are equal anyway. */
function sortRuns(
  order: Int32Array,
  keys: Int32Array,
  compare: (a: number, b: number) => number,
): void {
  for (let start = 0; start < order.length;) {
    const key = keys[order[start] as number];
    let end = start + 1;
    let differ = false;
    for (; end < order.length && keys[order[end] as number] === key; end++) {
      differ ||= compare(order[end - 1] as number, order[end] as number) !== 0;
    }
    if (differ) order.subarray(start, end).sort(compare);
    start = end;
  }
}
