import type { ColumnBins } from "./dtypes.ts";
import type { FilledBins } from "./filled-bins.ts";
import type { NodeRows } from "./node-rows.ts";
import {
  addAndMark,
  CELLS,
  countFourOfMany,
  countOfThree,
  countOfTwo,
  countOneOfMany,
  takeCounts,
  takeMarked,
} from "./packed-counts.ts";
import type { Split } from "./splitting.ts";
import type { TableRows } from "./table-rows.ts";

/** Bytes of a block's codes: with what else a node reads they fit the second cache. */
const BLOCK_BYTES = 262_144;

/** Most weight of a block: 15 bits, so that a weight and a sum fit one word. */
const BLOCK_WEIGHT = 32_767;

/** With fewer rows the filled bins are marked as they are met; with more all bins are looked at. */
const FEW_ROWS = 48;

/**
 * A small node of the table, below which the rows stay where they are: what grows there parts a list of their
 * numbers. Weights and sums must be integers; those of a row are one word (see packed-counts.ts).
 */
export class RowBlock implements NodeRows {
  readonly #columns: readonly ColumnBins[];
  readonly #stride: number;
  /** The node's records; its rows are numbered from 0. */
  #codes: Uint8Array = new Uint8Array(0);
  /** Weight and sum of each row. */
  readonly #counts: Int32Array;
  readonly #rows: Int32Array;
  readonly #side: Int32Array;
  /** Counts of the columns that are looked at, `CELLS` each. Those of many bins are zero between two nodes. */
  readonly #cells: Int32Array;
  readonly #marks: Int32Array = new Int32Array(CELLS / 32);
  /** Bins of each column, the missing one included. */
  readonly #bins: Int32Array;
  /** Of the columns that are looked at, the places of those with two, three and more bins. */
  readonly #twos: Int32Array;
  readonly #threes: Int32Array;
  readonly #many: Int32Array;
  #counted: Int32Array = new Int32Array(0);
  #start = 0;
  #end = 0;

  /** @param stride of the table's records */
  constructor(columns: readonly ColumnBins[], stride: number) {
    const cols = columns.length;
    const rows = Math.max(16, Math.floor(BLOCK_BYTES / stride));
    this.#columns = columns;
    this.#stride = stride;
    this.#counts = new Int32Array(rows);
    this.#rows = new Int32Array(rows);
    this.#side = new Int32Array(rows);
    this.#cells = new Int32Array(CELLS * cols);
    this.#bins = Int32Array.from(columns, (bins) => bins.valueBins + (bins.hasMissing ? 1 : 0));
    this.#twos = new Int32Array(cols);
    this.#threes = new Int32Array(cols);
    this.#many = new Int32Array(cols);
  }

  /** Whether a node of that size fits. */
  fits(rows: number, weight: number): boolean {
    return rows <= this.#rows.length && weight <= BLOCK_WEIGHT;
  }

  /** Takes over the table's node that has its rows from start to end. In here they start at 0. */
  load({ records, sums, weights }: TableRows, start: number, end: number): void {
    const counts = this.#counts;
    const rows = this.#rows;
    this.#codes = records.data.subarray(start * this.#stride, end * this.#stride);
    for (let row = 0; row < end - start; row++) {
      rows[row] = row;
      counts[row] = ((weights[start + row] as number) << 16) | (sums[start + row] as number);
    }
  }

  count(
    columns: Int32Array,
    count: number,
    start: number,
    end: number,
    sum: number,
    weight: number,
  ): void {
    this.#counted = columns;
    this.#start = start;
    this.#end = end;
    const bins = this.#bins;
    const twos = this.#twos;
    const threes = this.#threes;
    const many = this.#many;
    let nTwos = 0;
    let nThrees = 0;
    let nMany = 0;
    for (let i = 0; i < count; i++) {
      const ofColumn = bins[columns[i] as number] as number;
      if (ofColumn <= 2) twos[nTwos++] = i;
      else if (ofColumn === 3) threes[nThrees++] = i;
      else many[nMany++] = i;
    }
    if (nTwos + nThrees > 0) this.#countFew(nTwos, nThrees, (weight << 16) | sum);
    if (nMany > 0 && end - start > FEW_ROWS) this.#countMany(nMany);
  }

  #countFew(nTwos: number, nThrees: number, all: number): void {
    const data = this.#codes;
    const stride = this.#stride;
    const counts = this.#counts;
    const rows = this.#rows;
    const start = this.#start;
    const end = this.#end;
    const cells = this.#cells;
    const columns = this.#counted;
    for (let i = 0; i < nTwos; i += 4) {
      // Where there are less than four left the last one is counted again.
      const a = this.#twos[i] as number;
      const b = this.#twos[Math.min(i + 1, nTwos - 1)] as number;
      const c = this.#twos[Math.min(i + 2, nTwos - 1)] as number;
      const d = this.#twos[Math.min(i + 3, nTwos - 1)] as number;
      countOfTwo(
        data,
        stride,
        counts,
        rows,
        start,
        end,
        all,
        cells,
        columns[a] as number,
        a * CELLS,
        columns[b] as number,
        b * CELLS,
        columns[c] as number,
        c * CELLS,
        columns[d] as number,
        d * CELLS,
      );
    }
    for (let i = 0; i < nThrees; i += 2) {
      const a = this.#threes[i] as number;
      const b = this.#threes[Math.min(i + 1, nThrees - 1)] as number;
      countOfThree(
        data,
        stride,
        counts,
        rows,
        start,
        end,
        all,
        cells,
        columns[a] as number,
        a * CELLS,
        columns[b] as number,
        b * CELLS,
      );
    }
  }

  #countMany(nMany: number): void {
    const data = this.#codes;
    const stride = this.#stride;
    const counts = this.#counts;
    const rows = this.#rows;
    const start = this.#start;
    const end = this.#end;
    const cells = this.#cells;
    const columns = this.#counted;
    const many = this.#many;
    let i = 0;
    for (; i + 4 <= nMany; i += 4) {
      const a = many[i] as number;
      const b = many[i + 1] as number;
      const c = many[i + 2] as number;
      const d = many[i + 3] as number;
      countFourOfMany(
        data,
        stride,
        counts,
        rows,
        start,
        end,
        cells,
        columns[a] as number,
        a * CELLS,
        columns[b] as number,
        b * CELLS,
        columns[c] as number,
        c * CELLS,
        columns[d] as number,
        d * CELLS,
      );
    }
    for (; i < nMany; i++) {
      const a = many[i] as number;
      countOneOfMany(
        data,
        stride,
        counts,
        rows,
        start,
        end,
        cells,
        columns[a] as number,
        a * CELLS,
      );
    }
  }

  /** Notes which columns are constant among a node's rows: sets bits of `constant`, from word `at` on. */
  markConstant(start: number, end: number, constant: Uint32Array, at: number): void {
    const data = this.#codes;
    const stride = this.#stride;
    const rows = this.#rows;
    const record = (rows[start] as number) * stride;
    for (let column = 0; column < this.#columns.length; column++) {
      const code = data[record + column] as number;
      let k = start + 1;
      while (k < end && data[(rows[k] as number) * stride + column] === code) k++;
      if (k < end) continue;
      const word = at + (column >> 5);
      constant[word] = (constant[word] as number) | (1 << (column & 31));
    }
  }

  read(index: number, filled: FilledBins): void {
    const column = this.#counted[index] as number;
    const bins = this.#bins[column] as number;
    const first = index * CELLS;
    if (bins <= 3 || this.#end - this.#start > FEW_ROWS) {
      takeCounts(this.#cells, first, bins, filled);
    } else {
      const [start, end] = [this.#start, this.#end];
      const rows = this.#rows;
      const marks = this.#marks;
      const cells = this.#cells;
      addAndMark(this.#codes, this.#stride, this.#counts, rows, start, end, column, cells, marks);
      takeMarked(cells, marks, filled);
    }
    const { valueBins, hasMissing } = this.#columns[column] as ColumnBins;
    filled.missingSum = 0;
    filled.missingWeight = 0;
    const last = filled.count - 1;
    if (hasMissing && filled.bin[last] === valueBins) {
      filled.missingSum = filled.sum[last] as number;
      filled.missingWeight = filled.weight[last] as number;
      filled.count = last;
    }
  }

  part(split: Split, start: number, end: number): number {
    const bins = this.#columns[split.feature] as ColumnBins;
    if (bins.kind === "categorical") return this.#partBySet(split, start, end);
    // The missing bin is the last one: turned by so many bins it becomes the first.
    const turn = split.missingLeft ? 256 - bins.valueBins : 0;
    const bound = split.leftBin + turn;
    const { feature } = split;
    const data = this.#codes;
    const stride = this.#stride;
    const rows = this.#rows;
    const side = this.#side;
    let middle = start;
    let right = 0;
    // Both sides are written and one of the two ends moves on: a branch here is guessed wrong half of the time.
    for (let i = start; i < end; i++) {
      const row = rows[i] as number;
      const code = ((data[row * stride + feature] as number) + turn) & 255;
      const left = (code - bound - 1) >>> 31;
      rows[middle] = row;
      side[right] = row;
      middle += left;
      right += 1 - left;
    }
    for (let i = 0; i < right; i++) rows[middle + i] = side[i] as number;
    return middle;
  }

  #partBySet({ feature, goesLeft }: Split, start: number, end: number): number {
    const data = this.#codes;
    const stride = this.#stride;
    const rows = this.#rows;
    const side = this.#side;
    let middle = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i] as number;
      const left = goesLeft[data[row * stride + feature] as number] as number;
      rows[middle] = row;
      side[right] = row;
      middle += left;
      right += 1 - left;
    }
    for (let i = 0; i < right; i++) rows[middle + i] = side[i] as number;
    return middle;
  }
}
