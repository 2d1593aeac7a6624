/*
 * What TypeScript here and AssemblyScript in kernel/rows agree on: records in the kernel's memory, in bytes.
 */

/** Slots of a set of numbers: four times as many as a column has bins, about. */
export const SLOTS = 1024;

/** A column's set of numbers: how many it has, whether cells are missing, whether the column is passed over. */
export const SET_SIZE = 0;
export const SET_HAS_MISSING = 4;
export const SET_SKIPPED = 8;
/** Its numbers as they came, float64; and its slots, where NaN is free. */
export const SET_VALUES = 16;
export const SET_SLOTS = 2064;
export const SET_BYTES = 10256;

/** Values of a byte. */
export const BYTES = 256;

/** Cells of the grid that numbers are looked up in. */
export const GRID = 1024;
/** Bounds of a column at most. */
export const BOUNDS = 256;

/** How a column is coded: one of the CODER_ kinds, and the code of missing cells. */
export const CODER_KIND = 0;
export const CODER_MISSING = 4;
/** Of a grid: bins that a number may be above the first one of its cell. */
export const CODER_STEPS = 8;
/** Addresses of the grid's first bins, or a category's bins; and of the bounds, float64. */
export const CODER_BINS = 12;
export const CODER_BOUNDS = 16;
/** Of a grid: its lowest bound, and cells a unit. Of a narrow column: its two bounds. */
export const CODER_LOW = 24;
export const CODER_SCALE = 32;
export const CODER_BYTES = 40;

/** At most two bounds: both are compared with. */
export const CODER_NARROW = 0;
export const CODER_GRID = 1;
export const CODER_CATEGORIES = 2;

/**
 * Where a column's code goes in packed rows: the byte, what it is multiplied by there, how many bins it has, and what
 * it is in each of the byte's values.
 */
export const PLACE_BYTE = 0;
export const PLACE_RADIX = 4;
export const PLACE_BINS = 8;
export const PLACE_DIGITS = 12;
export const PLACE_BYTES = 268;

/** Entries of a radix sort's counts: up to six digits of 11 bits. */
export const SORT_COUNTS = 12288;
