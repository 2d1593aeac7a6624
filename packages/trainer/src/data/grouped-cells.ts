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
 * Brings rows into canonical form. O(rows log rows).
 *
 * @param vectorOf index of each row's distinct row
 */
export function groupedCells(rows: LabelledRows, vectorOf: Int32Array): GroupedCells {
  const { labels, groups, weights } = rows;
  const whole = weights.every((weight) => Number.isInteger(weight));
  const total = weights.toSorted().reduce((sum, weight) => sum + weight, 0);
  const order = Int32Array.from(weights.keys()).sort(
    (a, b) =>
      (groups[a] as number) - (groups[b] as number) ||
      (vectorOf[a] as number) - (vectorOf[b] as number) ||
      (labels[a] as number) - (labels[b] as number) ||
      (weights[a] as number) - (weights[b] as number),
  );

  // Cells group by group, the groups still in the order of their numbers.
  const cellRow: number[] = [];
  const cellCopies: number[] = [];
  const groupStart: number[] = [];
  let previous = -1;
  for (const row of order) {
    const newGroup = previous < 0 || groups[row] !== groups[previous];
    if (newGroup) groupStart.push(cellRow.length);
    const sameCell =
      !newGroup &&
      vectorOf[row] === vectorOf[previous] &&
      labels[row] === labels[previous] &&
      (whole || weights[row] === weights[previous]);
    const copies = whole ? (weights[row] as number) : 1;
    if (sameCell) cellCopies.push((cellCopies.pop() as number) + copies);
    else {
      cellRow.push(row);
      cellCopies.push(copies);
    }
    previous = row;
  }
  groupStart.push(cellRow.length);

  const compareCells = (a: number, b: number): number => {
    const rowA = cellRow[a] as number;
    const rowB = cellRow[b] as number;
    return (
      (vectorOf[rowA] as number) - (vectorOf[rowB] as number) ||
      (labels[rowA] as number) - (labels[rowB] as number) ||
      (whole ? 0 : (weights[rowA] as number) - (weights[rowB] as number)) ||
      (cellCopies[a] as number) - (cellCopies[b] as number)
    );
  };
  // Groups of equal cells stay in whatever order: they are interchangeable.
  const groupOrder = Int32Array.from(groupStart.slice(0, -1).keys()).sort((a, b) => {
    const [startA, endA] = [groupStart[a] as number, groupStart[a + 1] as number];
    const [startB, endB] = [groupStart[b] as number, groupStart[b + 1] as number];
    for (let i = startA, j = startB; i < endA && j < endB; i++, j++) {
      const difference = compareCells(i, j);
      if (difference !== 0) return difference;
    }
    return endA - startA - (endB - startB);
  });

  const cells = cellRow.length;
  const result = {
    groups: groupOrder.length,
    group: new Int32Array(cells),
    vector: new Int32Array(cells),
    label: new Uint8Array(cells),
    unit: new Float64Array(cells),
    copies: new Float64Array(cells),
    weightUnit: whole ? 1 : total / weights.length,
  };
  let at = 0;
  groupOrder.forEach((from, group) => {
    for (let cell = groupStart[from] as number; cell < (groupStart[from + 1] as number); cell++) {
      const row = cellRow[cell] as number;
      result.group[at] = group;
      result.vector[at] = vectorOf[row] as number;
      result.label[at] = labels[row] as number;
      result.unit[at] = whole ? 1 : (weights[row] as number);
      result.copies[at] = cellCopies[cell] as number;
      at++;
    }
  });
  return result;
}
