/*
 * Addresses of what needs no more than a fixed size, behind the header; what grows with the table lies where the header
 * says.
 */

/** 256 bytes: of each bin, 1 where the best split sends it left. */
export const GOES_LEFT: usize = 512;
/** The same of the split that is being tried. */
export const TRIED_LEFT: usize = 768;
/** Bins that a node has of a column: int32 each. */
export const FILLED_BINS: usize = 1024;
/** The targets of those bins: float64 sum and weight each. */
export const FILLED: usize = 2048;
/** Their shares of the positive class: float64 each. */
export const SHARES: usize = 6144;
/** Two lists of 128 bytes: rows on the wrong side. */
export const WRONG_SIDE: usize = 8192;
/** Counts of up to eight columns in planes: 4 words a lane group and plane. */
export const LANES: usize = 8448;

/** Per bin 256 bits, all 0 but its own: see code-rows.ts. */
export const MARK_OF: usize = 12288;
