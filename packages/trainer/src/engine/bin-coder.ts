import type { ColumnBins, NumericBins, RowMajorNumbers } from "./dtypes.ts";
import { boundBetween } from "./tree-predictor.ts";

/**
 * Codes `count` cells of a column, which stand `step` apart from `from` on.
 *
 * @param codes OUT, the bins, `codeStep` apart from `to` on
 */
export type BinCoder = (
  data: RowMajorNumbers["data"],
  from: number,
  step: number,
  count: number,
  codes: Uint8Array,
  to: number,
  codeStep: number,
) => void;

/** Cells of the grid that values are looked up in. */
const GRID = 1024;

/**
 * Makes the function that codes a column. Missing cells have the bin after the last value bin. Numbers between two
 * bins go where the models' bound between them sends them.
 */
export function binCoder(bins: ColumnBins): BinCoder {
  if (bins.kind === "categorical") return categoricalCoder(bins.binOfCode, bins.valueBins);
  return bins.valueBins <= 3 ? narrowCoder(bins) : numericCoder(bins);
}

/** At most two bounds: both are compared with, which costs less than to guess which one matters. */
function narrowCoder(bins: NumericBins): BinCoder {
  const missing = bins.valueBins;
  const [first = Infinity, second = Infinity] = boundsOf(bins);
  return (data, from, step, count, codes, to, codeStep) => {
    for (let i = 0, at = from, out = to; i < count; i++, at += step, out += codeStep) {
      const value = data[at] as number;
      // NaN is above nothing.
      const bin = Number(value > first) + Number(value > second);
      codes[out] = bin + missing * Number(Number.isNaN(value));
    }
  };
}

/** The highest number of each bin; Infinity for the last. */
function boundsOf(bins: NumericBins): Float64Array {
  const bounds = new Float64Array(Math.max(1, bins.valueBins)).fill(Infinity);
  for (let bin = 0; bin + 1 < bins.valueBins; bin++) bounds[bin] = boundBetween(bins, bin, bin + 1);
  return bounds;
}

function categoricalCoder(binOfCode: Uint8Array, missing: number): BinCoder {
  return (data, from, step, count, codes, to, codeStep) => {
    for (let i = 0, at = from, out = to; i < count; i++, at += step, out += codeStep) {
      const code = data[at] as number;
      codes[out] = Number.isNaN(code) ? missing : (binOfCode[code] as number);
    }
  };
}

/** The grid tells the first bin that a cell's values may be in; from there it is a short walk upwards. */
function numericCoder(bins: NumericBins): BinCoder {
  const missing = bins.valueBins;
  const { bounds, low, scale, firstBin } = gridOf(bins);
  return (data, from, step, count, codes, to, codeStep) => {
    for (let i = 0, at = from, out = to; i < count; i++, at += step, out += codeStep) {
      const value = data[at] as number;
      if (Number.isNaN(value)) {
        codes[out] = missing;
        continue;
      }
      let bin = firstBin[cellOf(value, low, scale)] as number;
      while (value > (bounds[bin] as number)) bin++;
      codes[out] = bin;
    }
  };
}

interface Grid {
  readonly bounds: Float64Array;
  readonly low: number;
  readonly scale: number;
  readonly firstBin: Uint8Array;
}

function gridOf(bins: NumericBins): Grid {
  const bounds = boundsOf(bins);
  const inner = bounds.subarray(0, bounds.length - 1);
  const low = inner[0] ?? 0;
  const scale = GRID / ((inner.at(-1) ?? 0) - low);
  // A bound of a lower cell is below every value of this one, because cells go up with the values.
  const firstBin = new Uint8Array(GRID);
  let bin = 0;
  for (let cell = 0; cell < GRID; cell++) {
    while (bin < inner.length && cellOf(inner[bin] as number, low, scale) < cell) bin++;
    firstBin[cell] = bin;
  }
  return { bounds, low, scale, firstBin };
}

function cellOf(value: number, low: number, scale: number): number {
  const cell = (value - low) * scale;
  // Written so that NaN, which a scale of Infinity may give, is cell 0.
  return cell > 0 ? (cell < GRID - 1 ? cell | 0 : GRID - 1) : 0;
}
