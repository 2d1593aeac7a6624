import type { RowMajorF64 } from "@gillnet/entity";

/** Orders two cells ascending, missing (NaN) last. */
export function compareCells(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  return (Number.isNaN(a) ? 1 : 0) - (Number.isNaN(b) ? 1 : 0);
}

/** Orders rows `a` and `b` by their cells in `columns`, the first column first; 0 when all are equal. */
export function compareRows(
  matrix: RowMajorF64,
  columns: ArrayLike<number>,
  a: number,
  b: number,
): number {
  const { data, cols } = matrix;
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i] as number;
    const order = compareCells(
      data[a * cols + column] as number,
      data[b * cols + column] as number,
    );
    if (order !== 0) return order;
  }
  return 0;
}

/** Up to so many rows are compared two by two, by all that is left to tell them apart. */
const FEW_ROWS = 12;

/**
 * The rows' indices in ascending order of their cells in `columns`, then by each array of `ties` in turn
 * (one value a row), then by index.
 *
 * Multikey quicksort (Bentley and Sedgewick, "Fast algorithms for sorting and searching strings", 1997): rows are
 * parted by one column, and only those that are equal there are looked at in the next one. O(rows * (log(rows) +
 * columns)) on average, whatever the data.
 */
export function orderRows(
  matrix: RowMajorF64,
  columns: ArrayLike<number>,
  ties: readonly ArrayLike<number>[] = [],
): Uint32Array {
  return new RowSorter(matrix, columns, ties).sort();
}

class RowSorter {
  readonly #matrix: RowMajorF64;
  readonly #columns: ArrayLike<number>;
  readonly #ties: readonly ArrayLike<number>[];
  readonly #order: Uint32Array;
  /** What the rows at the same places of `order` have at the depth that is sorted by. */
  readonly #keys: Float64Array;
  /** Ranges that are still to be sorted: start, end (exclusive), and the depth up to which they are equal. */
  readonly #open: number[] = [];
  /** A pivot drawn by chance leaves no order of the rows slow. */
  #chance = 1;

  constructor(matrix: RowMajorF64, columns: ArrayLike<number>, ties: readonly ArrayLike<number>[]) {
    this.#matrix = matrix;
    this.#columns = columns;
    this.#ties = ties;
    this.#order = new Uint32Array(matrix.rows);
    for (let row = 0; row < matrix.rows; row++) this.#order[row] = row;
    this.#keys = new Float64Array(matrix.rows);
  }

  sort(): Uint32Array {
    const depths = this.#columns.length + this.#ties.length;
    const order = this.#order;
    const open = this.#open;
    open.push(0, order.length, 0);
    while (open.length > 0) {
      const depth = open.pop() as number;
      const end = open.pop() as number;
      const start = open.pop() as number;
      if (end - start < 2) continue;
      if (depth === depths) order.subarray(start, end).sort();
      else if (end - start <= FEW_ROWS) this.#insertionSort(start, end, depth);
      else {
        const { values, stride, shift } = this.#source(depth);
        const present = loadKeys(order, this.#keys, values, stride, shift, start, end);
        open.push(present, end, depth + 1);
        this.#part(start, present, depth);
      }
    }
    return order;
  }

  /** Where the keys of a depth stand: that of a row at `row * stride + shift`. */
  #source(depth: number): {
    readonly values: ArrayLike<number>;
    readonly stride: number;
    readonly shift: number;
  } {
    const { data, cols } = this.#matrix;
    const columns = this.#columns;
    return depth < columns.length
      ? { values: data, stride: cols, shift: columns[depth] as number }
      : {
          values: this.#ties[depth - columns.length] as ArrayLike<number>,
          stride: 1,
          shift: 0,
        };
  }

  /** Parts rows, whose keys are loaded, into smaller, equal and greater ones, until none is left. */
  #part(start: number, end: number, depth: number): void {
    const order = this.#order;
    const keys = this.#keys;
    const open = this.#open;
    const ranges = [start, end];
    while (ranges.length > 0) {
      const to = ranges.pop() as number;
      const from = ranges.pop() as number;
      if (to - from < 2) continue;
      this.#chance = (Math.imul(this.#chance, 0x915f77f5) + 1) >>> 0;
      const pivot = keys[from + (this.#chance % (to - from))] as number;
      const less = partByPivot(order, keys, from, to, pivot);
      let greater = less;
      while (greater < to && keys[greater] === pivot) greater++;
      ranges.push(from, less, greater, to);
      open.push(less, greater, depth + 1);
    }
  }

  #insertionSort(start: number, end: number, depth: number): void {
    const order = this.#order;
    for (let at = start + 1; at < end; at++) {
      const row = order[at] as number;
      let to = at;
      while (to > start && this.#compare(order[to - 1] as number, row, depth) > 0) {
        order[to] = order[--to] as number;
      }
      order[to] = row;
    }
  }

  /** Compares two rows that are equal up to a depth. */
  #compare(a: number, b: number, depth: number): number {
    const { data, cols } = this.#matrix;
    const columns = this.#columns;
    for (let at = depth; at < columns.length; at++) {
      const column = columns[at] as number;
      const cellA = data[a * cols + column] as number;
      const cellB = data[b * cols + column] as number;
      if (cellA === cellB) continue;
      const difference = compareCells(cellA, cellB);
      if (difference !== 0) return difference;
    }
    for (const values of this.#ties.slice(Math.max(0, depth - columns.length))) {
      const difference = compareCells(values[a] as number, values[b] as number);
      if (difference !== 0) return difference;
    }
    return a - b;
  }
}

/** Loads the keys of a range and moves the rows that have none to its end. Returns where these start. */
function loadKeys(
  order: Uint32Array,
  keys: Float64Array,
  values: ArrayLike<number>,
  stride: number,
  shift: number,
  start: number,
  end: number,
): number {
  let present = end;
  for (let at = start; at < present;) {
    const row = order[at] as number;
    const key = values[row * stride + shift] as number;
    keys[at] = key;
    if (Number.isNaN(key)) {
      present--;
      order[at] = order[present] as number;
      order[present] = row;
    } else at++;
  }
  return present;
}

/** Brings the smaller keys of a range before those that equal the pivot, and the greater ones behind. Returns where the equal ones start. */
function partByPivot(
  order: Uint32Array,
  keys: Float64Array,
  from: number,
  to: number,
  pivot: number,
): number {
  let less = from;
  let greater = to;
  for (let at = from; at < greater;) {
    const key = keys[at] as number;
    if (key === pivot) {
      at++;
      continue;
    }
    const row = order[at] as number;
    const other = key < pivot ? less++ : --greater;
    keys[at] = keys[other] as number;
    order[at] = order[other] as number;
    keys[other] = key;
    order[other] = row;
    if (key < pivot) at++;
  }
  return less;
}
