import type { CodeRecords } from "./code-records.ts";
import { createRecords } from "./code-records.ts";
import type { BinnedMatrix, ColumnBins, RowTargets } from "./dtypes.ts";
import type { FilledBins } from "./filled-bins.ts";
import { createHistogram } from "./histogram.ts";
import type { NodeRows } from "./node-rows.ts";
import { completeGoesLeft } from "./splitting.ts";
import type { Split } from "./splitting.ts";

/**
 * All rows that take part in a tree, with their codes, sums and weights moved into the order of the nodes: a
 * node's stand side by side. Reading them where the table has them took four times as long at a million rows,
 * for the misses of the cache. Weights may be any numbers.
 */
export class TableRows implements NodeRows {
  readonly records: CodeRecords;
  readonly sums: Float64Array;
  readonly weights: Float64Array;
  /** How many rows take part, and their totals. */
  size = 0;
  sum = 0;
  weight = 0;
  /** Whether all weights and sums are integers. */
  isWhole = true;
  readonly #columns: readonly ColumnBins[];
  readonly #binStart: Int32Array;
  /** The table in its own order. */
  readonly #table: CodeRecords;
  /** The records as words, which they are moved by. */
  readonly #words: Int32Array;
  readonly #tableWords: Int32Array;
  readonly #histogram: Float64Array;
  readonly #goLeft: Int32Array;
  readonly #goRight: Int32Array;
  #counted: Int32Array = new Int32Array(0);

  /** @param table the codes of `binned` */
  constructor(binned: BinnedMatrix, table: CodeRecords) {
    const { rows, cols } = binned.codes;
    this.#columns = binned.columns;
    this.#binStart = binned.binStart;
    this.#table = table;
    this.#tableWords = new Int32Array(table.data.buffer);
    this.records = createRecords(rows, cols);
    this.#words = new Int32Array(this.records.data.buffer);
    this.#histogram = createHistogram(binned);
    this.sums = new Float64Array(rows);
    this.weights = new Float64Array(rows);
    this.#goLeft = new Int32Array(rows);
    this.#goRight = new Int32Array(rows);
  }

  /** Starts on a tree: all rows that have weight, in their order. */
  start(targets: RowTargets): void {
    const { sums, weights } = this;
    const words = this.#words;
    const tableWords = this.#tableWords;
    const wordsARow = this.#table.stride / 4;
    let end = 0;
    let sum = 0;
    let weight = 0;
    let fractions = 0;
    for (let row = 0; row < weights.length; row++) {
      const s = targets.sum[row] as number;
      const w = targets.weight[row] as number;
      // Written in any case, kept if it weighs: which rows a sample has is not to be guessed by a branch.
      sums[end] = s;
      weights[end] = w;
      const from = row * wordsARow;
      const to = end * wordsARow;
      for (let i = 0; i < wordsARow; i++) words[to + i] = tableWords[from + i] as number;
      end += Number(w > 0);
      sum += s;
      weight += w;
      fractions += w - Math.floor(w) + (s - Math.floor(s));
    }
    this.size = end;
    this.sum = sum;
    this.weight = weight;
    this.isWhole = fractions === 0;
  }

  count(columns: Int32Array, count: number, start: number, end: number): void {
    this.#counted = columns;
    const { sums, weights } = this;
    const { data, stride } = this.records;
    const histogram = this.#histogram;
    const binStart = this.#binStart;
    for (let i = 0; i < count; i++) {
      const column = columns[i] as number;
      histogram.fill(0, 2 * (binStart[column] as number), 2 * (binStart[column + 1] as number));
    }
    let i = 0;
    // In fours: one column at a time waits for its own last store whenever two rows fall into one bin.
    for (; i + 4 <= count; i += 4) {
      const a = columns[i] as number;
      const b = columns[i + 1] as number;
      const c = columns[i + 2] as number;
      const d = columns[i + 3] as number;
      const toA = 2 * (binStart[a] as number);
      const toB = 2 * (binStart[b] as number);
      const toC = 2 * (binStart[c] as number);
      const toD = 2 * (binStart[d] as number);
      for (let row = start; row < end; row++) {
        const record = row * stride;
        const s = sums[row] as number;
        const w = weights[row] as number;
        const aCell = toA + 2 * (data[record + a] as number);
        const bCell = toB + 2 * (data[record + b] as number);
        const cCell = toC + 2 * (data[record + c] as number);
        const dCell = toD + 2 * (data[record + d] as number);
        histogram[aCell] = (histogram[aCell] as number) + s;
        histogram[bCell] = (histogram[bCell] as number) + s;
        histogram[cCell] = (histogram[cCell] as number) + s;
        histogram[dCell] = (histogram[dCell] as number) + s;
        histogram[aCell + 1] = (histogram[aCell + 1] as number) + w;
        histogram[bCell + 1] = (histogram[bCell + 1] as number) + w;
        histogram[cCell + 1] = (histogram[cCell + 1] as number) + w;
        histogram[dCell + 1] = (histogram[dCell + 1] as number) + w;
      }
    }
    for (; i < count; i++) {
      const column = columns[i] as number;
      const first = 2 * (binStart[column] as number);
      for (let row = start; row < end; row++) {
        const cell = first + 2 * (data[row * stride + column] as number);
        histogram[cell] = (histogram[cell] as number) + (sums[row] as number);
        histogram[cell + 1] = (histogram[cell + 1] as number) + (weights[row] as number);
      }
    }
  }

  read(index: number, filled: FilledBins): void {
    const column = this.#counted[index] as number;
    const first = 2 * (this.#binStart[column] as number);
    filled.readHistogram(this.#columns[column] as ColumnBins, this.#histogram, first);
  }

  /**
   * Swaps the rows that stand on the wrong side:
   *
   *     [ l r l r | l r r l ]   ->   [ l l l l | r r r r ]      the left rows after the middle change places with
   *               middle                                        the right rows before it
   */
  part(split: Split, start: number, end: number): number {
    completeGoesLeft(split, this.#columns[split.feature] as ColumnBins);
    const { goesLeft, feature } = split;
    const { data, stride } = this.records;
    const goLeft = this.#goLeft;
    const goRight = this.#goRight;
    let nLeft = 0;
    let nRight = 0;
    // Both lists are written and one of them grows: a branch here is guessed wrong half of the time.
    for (let row = start; row < end; row++) {
      const left = goesLeft[data[row * stride + feature] as number] as number;
      goLeft[nLeft] = row;
      goRight[nRight] = row;
      nLeft += left;
      nRight += 1 - left;
    }
    const middle = start + nLeft;
    for (let i = 0; i < nRight && (goRight[i] as number) < middle; i++) {
      this.#swap(goRight[i] as number, goLeft[--nLeft] as number);
    }
    return middle;
  }

  #swap(a: number, b: number): void {
    const { sums, weights } = this;
    const words = this.#words;
    const wordsARow = this.#table.stride / 4;
    const sum = sums[a] as number;
    sums[a] = sums[b] as number;
    sums[b] = sum;
    const weight = weights[a] as number;
    weights[a] = weights[b] as number;
    weights[b] = weight;
    let ofB = b * wordsARow;
    for (let ofA = a * wordsARow, last = ofA + wordsARow; ofA < last; ofA++, ofB++) {
      const word = words[ofA] as number;
      words[ofA] = words[ofB] as number;
      words[ofB] = word;
    }
  }
}
