import type { InputFeature } from "@gillnet/model-bundle";

import { MAX_VALUE_BINS } from "./dtypes.ts";
import type { RowMajorNumbers } from "./dtypes.ts";

/** What is known of a numeric column after one pass. */
export interface FewValues {
  /** The distinct numbers, ascending; null when they are more than 254. */
  readonly values: Float64Array | null;
  readonly hasMissing: boolean;
}

/** Rows of a block: all columns of it are read while it is near. */
const BLOCK = 1024;
const SLOTS = 1024;

/**
 * Collects the distinct values of every numeric column, as long as they are few; -0 is 0. One entry a column, of no
 * meaning for a categorical one. O(cells).
 */
export function findFewValues(
  x: RowMajorNumbers,
  features: readonly InputFeature[],
): readonly FewValues[] {
  const { data, rows, cols } = x;
  const sets = features.map(() => new ValueSet());
  for (let start = 0; start < rows; start += BLOCK) {
    const end = Math.min(rows, start + BLOCK);
    sets.forEach((set, column) => {
      if (features[column]?.kind === "numeric") set.addAll(data, cols, column, start, end);
    });
  }
  return sets.map((set) => set.result());
}

/** A hash table of numbers, with open addressing. */
class ValueSet {
  #hasMissing = false;
  #size = 0;
  readonly #slots: Float64Array = new Float64Array(SLOTS).fill(NaN);

  addAll(
    data: RowMajorNumbers["data"],
    cols: number,
    column: number,
    start: number,
    end: number,
  ): void {
    const slots = this.#slots;
    let last = NaN;
    for (let at = start * cols + column; at < end * cols; at += cols) {
      const value = (data[at] as number) + 0;
      if (value === last) continue;
      last = value;
      if (Number.isNaN(value)) {
        this.#hasMissing = true;
        continue;
      }
      if (this.#size > MAX_VALUE_BINS) continue;
      let slot = slotOf(value);
      while (slots[slot] !== value) {
        if (Number.isNaN(slots[slot])) {
          slots[slot] = value;
          this.#size++;
          break;
        }
        slot = (slot + 1) & (SLOTS - 1);
      }
    }
  }

  result(): FewValues {
    const values = this.#slots.filter((value) => !Number.isNaN(value)).sort();
    return {
      values: this.#size <= MAX_VALUE_BINS ? values : null,
      hasMissing: this.#hasMissing,
    };
  }
}

const number = new Float64Array(1);
const bits = new Int32Array(number.buffer);

function slotOf(value: number): number {
  number[0] = value;
  const mixed = Math.imul(
    (bits[0] as number) ^ Math.imul(bits[1] as number, 0x85ebca6b),
    0xc2b2ae35,
  );
  return mixed >>> 22;
}
