import { COLUMN_BINS } from "../../src/engine/forest/header";
import { word } from "../header/words";
import { NO_BOUND, middleOf } from "../splits/bounds";

/* A column: int32 number of value bins, int32 flags, then the addresses of its bins' lowest and highest values. */

const CATEGORICAL = 1;
const MISSING = 2;

// @ts-ignore: AssemblyScript
@inline
function columnAt(column: i32): usize {
  return word(COLUMN_BINS) + (<usize>column << 4);
}

/** Number of bins that values have. */
// @ts-ignore: AssemblyScript
@inline
export function valueBins(column: i32): i32 {
  return load<i32>(columnAt(column));
}

/** Number of bins, that of the missing cells included. */
// @ts-ignore: AssemblyScript
@inline
export function allBins(column: i32): i32 {
  const at = columnAt(column);
  return load<i32>(at) + (load<i32>(at, 4) >> 1);
}

// @ts-ignore: AssemblyScript
@inline
export function isCategorical(column: i32): bool {
  return (load<i32>(columnAt(column), 4) & CATEGORICAL) !== 0;
}

// @ts-ignore: AssemblyScript
@inline
export function hasMissing(column: i32): bool {
  return (load<i32>(columnAt(column), 4) & MISSING) !== 0;
}

/** Lowest value of a numeric bin. */
// @ts-ignore: AssemblyScript
@inline
export function lowest(column: i32, bin: i32): f64 {
  return load<f64>(<usize>load<u32>(columnAt(column), 8) + (<usize>bin << 3));
}

/** Highest value of a numeric bin. */
// @ts-ignore: AssemblyScript
@inline
export function highest(column: i32, bin: i32): f64 {
  return load<f64>(<usize>load<u32>(columnAt(column), 12) + (<usize>bin << 3));
}

/** The bound between two numeric bins, as engine/tree-predictor.ts. */
export function boundBetween(column: i32, leftBin: i32, rightBin: i32): f64 {
  if (rightBin < 0) return NO_BOUND;
  return middleOf(highest(column, leftBin), lowest(column, rightBin));
}
