import type { ColumnMajorU8 } from "@gillnet/entity";

import type { WasmMemory } from "./web-assembly.ts";

/*
 * Every width of the engine, and why.
 *
 * bin codes      Uint8    a column has at most 254 value bins and one for missing; a row of 30 columns is 30 bytes
 * row indices    Int32    rows are distinct vectors, fewer than 2^31
 * target sums    Float64  sums of integer weights stay exact to 2^53, and a child histogram is parent minus sibling,
 *                         which would lose the small bins in Float32
 * thresholds     Float64  models compare raw numbers, so a bound is a midpoint of two of them
 */

/** Rows of numbers as a caller has them, one after the other: cell (r, c) is `data[r * cols + c]`. */
export interface RowMajorNumbers {
  readonly data: Float64Array | Float32Array | Uint8Array;
  readonly rows: number;
  readonly cols: number;
}

/** Most bins that the values of one column get; one more bin may hold the missing cells. */
export const MAX_VALUE_BINS = 254;

/** The bins of a numeric column: bin b holds the training values from `lowest[b]` to `highest[b]`, ascending. */
export interface NumericBins {
  readonly kind: "numeric";
  readonly valueBins: number;
  /** Whether training has missing cells here: they have the bin after the last value bin. */
  readonly hasMissing: boolean;
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

/** The bins of a categorical column: its codes, or groups of codes when there are more than MAX_VALUE_BINS. */
export interface CategoricalBins {
  readonly kind: "categorical";
  readonly valueBins: number;
  readonly hasMissing: boolean;
  /** The bin of each category code. */
  readonly binOfCode: Uint8Array;
}

export type ColumnBins = NumericBins | CategoricalBins;

/**
 * Rows of codes in which columns of few bins share a byte, as groupColumns puts them together. One histogram fit
 * reads them, and goes on in their memory: so they are never there twice.
 */
export interface PackedCodes {
  readonly memory: WasmMemory;
  /** Address of the first row, past the header of a fit; the rest of the memory holds nothing of use. */
  readonly at: number;
  /** Bytes from one row to the next: a multiple of 8. */
  readonly stride: number;
}

/** A training matrix as trees see it: one byte a cell, column by column. */
export interface BinnedMatrix {
  /** Without data where there are packed codes. */
  readonly codes: ColumnMajorU8;
  readonly packed?: PackedCodes;
  readonly columns: readonly ColumnBins[];
  /** Where each column's bins start in a histogram; one more entry holds their number. */
  readonly binStart: Int32Array;
}

/**
 * What a tree is grown on, per row of the binned matrix. For classes: `sum` is the weight of positive rows,
 * `weight` that of all. For residuals: their sum, and the weight of their rows. A row of weight 0 takes no part.
 */
export interface RowTargets {
  readonly sum: Float64Array;
  readonly weight: Float64Array;
}

/** What the rows of each class are multiplied by. */
export interface ClassWeights {
  readonly positive: number;
  readonly negative: number;
}

/** Classes that weigh alike. */
export const EQUAL_CLASSES: ClassWeights = { positive: 1, negative: 1 };

/** The rows that samples are drawn from, before class weights; a row that was drawn counts by its class's weight. */
export interface SampledRows {
  readonly targets: RowTargets;
  /** What one row weighs on average; 1 when all weights are integers. */
  readonly weightUnit: number;
  readonly classWeights: ClassWeights;
}
