import { COLUMNS, COLUMNS_PER_SPLIT, DRAWN, DRAWS_BOUNDS, IS_ENTROPY, ORDER } from "../../src/engine/forest/header";
import { int, word } from "../header/words";
import { tryBestBound } from "./best-bound";
import { hasMissing, valueBins } from "./bins";
import { FEW_ROWS, countCodes, isAlike, readCodes } from "./code-rows";
import { tryDrawnBound } from "./drawn-bound";
import { alikePlanes, countPlanes, readPlanes } from "./plane-rows";
import { nextUint32 } from "./random";
import { FRACTIONS, LISTED, PLANES, WHOLE } from "./row-kinds";
import { FILLED, FILLED_BINS } from "./scratch";
import { bestCost } from "./split";
import { CONSTANT, isConstant, setConstant } from "./stack";

/** So few rows may be alike in so many columns that it pays to look at all of them at once. */
const ALIKE_ROWS = 16;

/** Draws columns and tries them; the split's feature stays -1 when there is none. */
export function findSplit(kind: i32, entry: usize, start: i32, end: i32, sum: f64, weight: f64): void {
  const cols = int(COLUMNS);
  const perSplit = int(COLUMNS_PER_SPLIT);
  const takesAll = perSplit === cols && int(DRAWS_BOUNDS) === 0;
  const drawn = word(DRAWN);
  const isSmall = end - start <= ALIKE_ROWS && kind <= LISTED;
  // One row by itself, of both classes, is alike in every column.
  if (end - start === 1) markConstant(kind, entry, start, end);
  // Where costs are exact none is below 0: a split that leaves two pure children is not to be bettered. Cells that many
  // rows were counted into must be read, though.
  const isExact =
    int(IS_ENTROPY) === 0 &&
    int(DRAWS_BOUNDS) === 0 &&
    (kind === PLANES || (kind !== FRACTIONS && end - start <= FEW_ROWS));
  let visited = 0;
  let found = false;
  while (visited < cols && (visited < perSplit || !found)) {
    const upTo = max(perSplit, visited + 1);
    const count = takesAll ? takeAll(entry) : draw(entry, visited, upTo);
    visited = upTo;
    const atOnce = kind === PLANES ? 8 : 6;
    for (let first = 0; first < count; first += atOnce) {
      const columns = drawn + (<usize>first << 2);
      const some = min(atOnce, count - first);
      if (kind === PLANES) countPlanes(columns, some, start, end);
      else if (kind === LISTED) countCodes<i32>(columns, some, start, end);
      else if (kind === WHOLE) countCodes<i64>(columns, some, start, end);
      else countCodes<v128>(columns, some, start, end);
      for (let i = 0; i < some && !(isExact && bestCost <= 0); i++) {
        const column = load<i32>(columns + (<usize>i << 2));
        const filled =
          kind === PLANES ? readPlanes(i, column, sum, weight)
          : kind === LISTED ? readCodes<i32>(i)
          : kind === WHOLE ? readCodes<i64>(i)
          : readCodes<v128>(i);
        if (tryColumn(column, filled)) found = true;
        else setConstant(entry, column);
      }
    }
    if (!found && isSmall && visited === perSplit) markConstant(kind, entry, start, end);
  }
}

/** Tries splits of a column whose bins stand at FILLED. Returns false when the column is constant in the node. */
// @ts-ignore: AssemblyScript
@inline
function tryColumn(column: i32, filled: i32): bool {
  if (filled < 2) return false;
  let count = filled;
  let missingSum: f64 = 0;
  let missingWeight: f64 = 0;
  if (hasMissing(column)) {
    const last = <usize>(filled - 1);
    if (load<i32>(FILLED_BINS + (last << 2)) === valueBins(column)) {
      missingSum = load<f64>(FILLED + (last << 4));
      missingWeight = load<f64>(FILLED + (last << 4), 8);
      count--;
    }
  }
  if (int(DRAWS_BOUNDS) !== 0) tryDrawnBound(column, count, missingSum, missingWeight);
  else tryBestBound(column, count, missingSum, missingWeight);
  return true;
}

/**
 * Draws columns without replacement: those of rank `visited` to `upTo` (exclusive) of the node's draw. Returns how many
 * of them are not known to be constant: they are at DRAWN.
 */
function draw(entry: usize, visited: i32, upTo: i32): i32 {
  const cols = int(COLUMNS);
  const order = word(ORDER);
  let drawn = word(DRAWN);
  for (let rank = visited; rank < upTo; rank++) {
    const at = rank + <i32>((<u64>nextUint32() * <u64>(cols - rank)) >> 32);
    const from = order + (<usize>at << 2);
    const column = load<i32>(from);
    store<i32>(from, load<i32>(order + (<usize>rank << 2)));
    store<i32>(order + (<usize>rank << 2), column);
    store<i32>(drawn, column);
    drawn += <usize>!isConstant(entry, column) << 2;
  }
  return <i32>((drawn - word(DRAWN)) >> 2);
}

/** Takes all columns that are not known to be constant, in order: they are at DRAWN. Returns how many they are. */
function takeAll(entry: usize): i32 {
  let drawn = word(DRAWN);
  for (let column = 0, cols = int(COLUMNS); column < cols; column++) {
    store<i32>(drawn, column);
    drawn += <usize>!isConstant(entry, column) << 2;
  }
  return <i32>((drawn - word(DRAWN)) >> 2);
}

/** Notes all columns that are constant in a node of few rows. */
function markConstant(kind: i32, entry: usize, start: i32, end: i32): void {
  if (kind === PLANES) {
    store<u64>(entry, load<u64>(entry, CONSTANT) | alikePlanes(start, end), CONSTANT);
  } else if (kind === LISTED) {
    for (let column = 0, cols = int(COLUMNS); column < cols; column++) {
      if (isAlike(column, start, end)) setConstant(entry, column);
    }
  }
}
