import { SeededRandom } from "@gillnet/entity";
import type { LabelledTable } from "./real-table.ts";

/** Rows of a synthetic table, a block of them. Not kept: the next block may reuse the memory. */
export interface Block {
  /** Row-major. */
  readonly x: Uint8Array | Float32Array;
  readonly y: Uint8Array;
}

/** A table that can be made any number of rows long, the same bytes for the same seed. */
export interface SyntheticTable {
  readonly cols: number;
  readonly type: "|u1" | "<f4";
  /** Blocks of `rows` rows in all. `part` names the stream: parts of one table share no random number. */
  blocks(rows: number, seed: number, part: string): Iterable<Block>;
}

const BLOCK_ROWS = 65_536;
const ALL_BITS = 4_294_967_296;
const REDRAWN_CELLS = 0.05;
const FLIPPED_LABELS = 0.01;
const CONTINUOUS_COLUMNS = 30;

/**
 * Rows like those of a table of few values: a row drawn with replacement, a twentieth of its cells replaced by that
 * column's cell of another row, the row's own label, one label in a hundred flipped. Cells are the ranks of the
 * column's values: 0 for the lowest.
 */
export function resampledTable({ x, y, cols }: LabelledTable): SyntheticTable {
  const codes = rankValues(x, cols);
  const baseRows = y.length;
  function* blocks(rows: number, seed: number, part: string): Iterable<Block> {
    const random = new SeededRandom(seed).fork("resampled").fork(part);
    const redrawn = REDRAWN_CELLS * ALL_BITS;
    for (let start = 0; start < rows; start += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, rows - start);
      const blockX = new Uint8Array(count * cols);
      const blockY = new Uint8Array(count);
      for (let row = 0; row < count; row++) {
        const from = random.integer(baseRows);
        for (let column = 0; column < cols; column++) {
          const donor = random.uint32() < redrawn ? random.integer(baseRows) : from;
          blockX[row * cols + column] = codes[donor * cols + column] as number;
        }
        const label = y[from] as number;
        blockY[row] = random.uniform() < FLIPPED_LABELS ? 1 - label : label;
      }
      yield { x: blockX, y: blockY };
    }
  }
  return { cols, type: "|u1", blocks };
}

/** Thirty columns of normal numbers; the label depends on eight of them, with products and bends, and on chance. */
export const continuousTable: SyntheticTable = {
  cols: CONTINUOUS_COLUMNS,
  type: "<f4",
  *blocks(rows, seed, part) {
    const random = new SeededRandom(seed).fork("continuous").fork(part);
    // Of their own, so that a longer table begins with the shorter one.
    const chance = random.fork("labels");
    const cols = CONTINUOUS_COLUMNS;
    for (let start = 0; start < rows; start += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, rows - start);
      const x = new Float32Array(count * cols);
      const y = new Uint8Array(count);
      for (let i = 0; i < x.length; i += 2) {
        // Box and Muller (1958); 1 - u is never 0.
        const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()));
        const angle = 2 * Math.PI * random.uniform();
        x[i] = radius * Math.cos(angle);
        x[i + 1] = radius * Math.sin(angle);
      }
      for (let row = 0; row < count; row++) {
        const score = 2 * continuousScore(x, row * cols);
        y[row] = chance.uniform() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
      }
      yield { x, y };
    }
  },
};

function continuousScore(x: Float32Array, start: number): number {
  const at = (column: number): number => x[start + column] as number;
  const bends = 1.5 * Math.sin(2 * at(0)) + Math.abs(at(3)) - 0.8 + 0.5 * (at(4) * at(4) - 1);
  return bends + at(1) * at(2) + (at(5) > 0.5 ? 1 : -0.45) + 0.7 * at(6) * (at(7) > 0 ? 1 : -1);
}

/** For each cell, how many distinct values of its column are lower. */
function rankValues(x: Float64Array, cols: number): Uint8Array {
  const codes = new Uint8Array(x.length);
  for (let column = 0; column < cols; column++) {
    const values = new Set<number>();
    for (let cell = column; cell < x.length; cell += cols) values.add(x[cell] as number);
    const sorted = [...values].sort((a, b) => a - b);
    const rankOf = new Map(sorted.map((value, rank) => [value, rank]));
    for (let cell = column; cell < x.length; cell += cols) {
      codes[cell] = rankOf.get(x[cell] as number) as number;
    }
  }
  return codes;
}
