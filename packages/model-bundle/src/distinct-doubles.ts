/** What can be told of an array of doubles by one look at each. */
export interface DistinctDoubles {
  /** The distinct values, ascending, NaN last. */
  readonly table: Float64Array;
  /** The place of each value in the table. */
  readonly index: Uint32Array;
}

const FIRST_SLOTS = 1024;

/**
 * The distinct values of an array; NaN is one value, and so is 0 of either sign. O(values), a hash table with open
 * addressing over their bits: a Map of doubles takes ten times as long.
 *
 * @returns null when there are more than `most`
 */
export function findDistinctDoubles(values: Float64Array, most: number): DistinctDoubles | null {
  const index = new Uint32Array(values.length);
  let found = new Float64Array(FIRST_SLOTS / 2);
  /** Per slot the place of its value in `found`, from 1 on; 0 when it is free. */
  let slots = new Int32Array(FIRST_SLOTS);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const hash = hashOf(value);
    let slot = hash & (slots.length - 1);
    let place = slots[slot] as number;
    while (place !== 0 && !isSame(found[place - 1] as number, value)) {
      slot = (slot + 1) & (slots.length - 1);
      place = slots[slot] as number;
    }
    if (place === 0) {
      if (count === most) return null;
      if (count === found.length) {
        const wider = new Float64Array(2 * count);
        wider.set(found);
        found = wider;
        slots = slotsOf(found, count);
        slot = freeSlot(slots, hash);
      }
      found[count++] = value;
      place = count;
      slots[slot] = place;
    }
    index[i] = place - 1;
  }
  return sortTable(found.subarray(0, count), index);
}

/** Brings the table into order, and the index with it. */
function sortTable(found: Float64Array, index: Uint32Array): DistinctDoubles {
  const table = found.slice().sort();
  const slots = slotsOf(table, table.length);
  const placeOf = new Uint32Array(found.length);
  for (let i = 0; i < found.length; i++) {
    const value = found[i] as number;
    let slot = hashOf(value) & (slots.length - 1);
    while (!isSame(table[(slots[slot] as number) - 1] as number, value)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    placeOf[i] = (slots[slot] as number) - 1;
  }
  for (let i = 0; i < index.length; i++) index[i] = placeOf[index[i] as number] as number;
  return { table, index };
}

/** A hash table of the first `count` values, at most half full once as many as `values` holds are in it. */
function slotsOf(values: Float64Array, count: number): Int32Array<ArrayBuffer> {
  let size = FIRST_SLOTS;
  while (size < 2 * values.length) size *= 2;
  const slots = new Int32Array(size);
  for (let i = 0; i < count; i++) slots[freeSlot(slots, hashOf(values[i] as number))] = i + 1;
  return slots;
}

function freeSlot(slots: Int32Array, hash: number): number {
  let slot = hash & (slots.length - 1);
  while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
  return slot;
}

function isSame(a: number, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

/** The two zeros, and all NaN, have one hash each. */
function hashOf(value: number): number {
  if (value === 0 || Number.isNaN(value)) return 0;
  double[0] = value;
  const [low, high] = [halves[0] as number, halves[1] as number];
  let hash = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x27d4eb2f);
  return hash ^ (hash >>> 16);
}
