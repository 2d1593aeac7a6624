import type { ColumnBins, NumericBins } from "./dtypes.ts";
import * as H from "./rows/header.ts";
import type { RowKernel } from "./rows/row-kernel.ts";
import { boundBetween } from "./tree-predictor.ts";

/**
 * Codes rows in a kernel's memory. Missing cells have the bin after the last value bin. Numbers between two bins go
 * where the models' bound between them sends them.
 */
export class BinCoder {
  readonly #kernel: RowKernel;
  readonly #cols: number;
  readonly #coders: number;
  /** Of each byte in each column, when rows are of bytes. */
  readonly #tables: number | null;

  /** @param bytes whether the rows to code hold bytes; else float64 */
  constructor(kernel: RowKernel, columns: readonly ColumnBins[], bytes: boolean = false) {
    this.#kernel = kernel;
    this.#cols = columns.length;
    this.#coders = kernel.reserve(columns.length * H.CODER_BYTES);
    columns.forEach((bins, column) => {
      writeCoder(kernel, this.#coders + column * H.CODER_BYTES, bins);
    });
    this.#tables = bytes ? this.#codeEachByte() : null;
  }

  /**
   * Codes the rows at `block`, one after the other. Writes the bin of cell (row, column) at
   * codes + column * columnStep + row * rowStep.
   */
  code(block: number, rows: number, codes: number, columnStep: number, rowStep: number): void {
    const { run } = this.#kernel;
    if (this.#tables === null) {
      run.codeNumbers(block, rows, this.#cols, this.#coders, codes, columnStep, rowStep);
    } else run.codeBytes(block, rows, this.#cols, this.#tables, codes, columnStep, rowStep);
  }

  #codeEachByte(): number {
    const cols = this.#cols;
    const tables = this.#kernel.reserve(cols * H.BYTES);
    const row = this.#kernel.reserve(cols * 8);
    for (let value = 0; value < H.BYTES; value++) {
      this.#kernel.f64(row, cols).fill(value);
      this.#kernel.run.codeNumbers(row, 1, cols, this.#coders, tables + value, H.BYTES, 1);
    }
    return tables;
  }
}

function writeCoder(kernel: RowKernel, at: number, bins: ColumnBins): void {
  const words = kernel.u32(at, H.CODER_BYTES / 4);
  const reals = kernel.f64(at, H.CODER_BYTES / 8);
  words[H.CODER_MISSING / 4] = bins.valueBins;
  if (bins.kind === "categorical") {
    // Bytes are looked up even where they are no category.
    const length = Math.max(H.BYTES, bins.binOfCode.length);
    words[H.CODER_KIND / 4] = H.CODER_CATEGORIES;
    words[H.CODER_BINS / 4] = kernel.reserve(length);
    kernel.u8(words[H.CODER_BINS / 4] as number, length).set(bins.binOfCode);
    return;
  }
  const bounds = innerBounds(bins);
  if (bounds.length <= 2) {
    words[H.CODER_KIND / 4] = H.CODER_NARROW;
    reals[H.CODER_LOW / 8] = bounds[0] ?? Infinity;
    reals[H.CODER_SCALE / 8] = bounds[1] ?? Infinity;
    return;
  }
  const { low, scale, firstBin, steps } = gridOf(bounds);
  words[H.CODER_KIND / 4] = H.CODER_GRID;
  words[H.CODER_STEPS / 4] = steps;
  words[H.CODER_BINS / 4] = kernel.reserve(H.GRID);
  words[H.CODER_BOUNDS / 4] = kernel.reserve(H.BOUNDS * 8);
  reals[H.CODER_LOW / 8] = low;
  reals[H.CODER_SCALE / 8] = scale;
  kernel.u8(words[H.CODER_BINS / 4] as number, H.GRID).set(firstBin);
  kernel
    .f64(words[H.CODER_BOUNDS / 4] as number, H.BOUNDS)
    .fill(Infinity)
    .set(bounds);
}

/** The highest number of each bin but the last one. */
function innerBounds(bins: NumericBins): Float64Array {
  const bounds = new Float64Array(Math.max(0, bins.valueBins - 1));
  for (let bin = 0; bin < bounds.length; bin++) bounds[bin] = boundBetween(bins, bin, bin + 1);
  return bounds;
}

interface Grid {
  readonly low: number;
  readonly scale: number;
  /** Per cell, the first bin that its numbers may be in. */
  readonly firstBin: Uint8Array;
  /** Bins that a number may be above that one. */
  readonly steps: number;
}

function gridOf(bounds: Float64Array): Grid {
  const low = bounds[0] as number;
  const scale = H.GRID / ((bounds.at(-1) as number) - low);
  const firstBin = new Uint8Array(H.GRID);
  // A bound of a lower cell is below every number of this one, because cells go up with the numbers.
  const inCell = new Uint16Array(H.GRID);
  for (const bound of bounds) {
    const cell = cellOf(bound, low, scale);
    inCell[cell] = (inCell[cell] as number) + 1;
  }
  let bin = 0;
  let steps = 0;
  for (let cell = 0; cell < H.GRID; cell++) {
    firstBin[cell] = bin;
    bin += inCell[cell] as number;
    steps = Math.max(steps, inCell[cell] as number);
  }
  return { low, scale, firstBin, steps };
}

function cellOf(value: number, low: number, scale: number): number {
  const cell = (value - low) * scale;
  // Written so that NaN, which a scale of Infinity may give, is cell 0.
  return cell > 0 ? (cell < H.GRID - 1 ? cell | 0 : H.GRID - 1) : 0;
}
