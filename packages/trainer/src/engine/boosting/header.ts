/*
 * The words at the start of a fit's memory, by index: the one list that both sides read, TypeScript here and
 * AssemblyScript in kernel/boosting. Pointers are byte addresses in that memory. A place is where a row stands in it:
 * rows that take part come first, an even number with padding, then those that are only answered for; in all a
 * multiple of 16.
 */

/** Places of rows that take part, and all places. */
export const TAKING = 0;
export const PLACES = 1;
/** Per column and place: the bin, a byte. */
export const CODES = 2;
/** Per place: the joint codes of the columns' groups, STRIDE bytes (a multiple of 8) of which GROUPS are in use. */
export const JOINT_CODES = 3;
export const STRIDE = 4;
export const GROUPS = 5;
/** What each group is made of, as countSet wants it. */
export const PLAN = 6;
/** Room for the cells of all groups, CELLS of 16 bytes each. */
export const JOINT_CELLS = 7;
/** Columns; each has COLUMN_BYTES at COLUMNS. */
export const COLUMNS = 8;
export const COLUMN_COUNT = 9;
/** Bins of all columns together. */
export const TOTAL_BINS = 10;
/** Per place that takes part, of the sample: sum of targets and weight, float64. */
export const SAMPLE_SUMS = 11;
export const SAMPLE_WEIGHTS = 12;
/** The same as the start of its packed number, int64. See markSample. */
export const SAMPLE_PACKED = 13;
/** A set of places that take part is a bit a place, in BIT_WORDS int64. The sample: those that weigh something. */
export const BIT_WORDS = 14;
export const SAMPLE_BITS = 15;
/** Room for the sets of a node's two children a level, the left one first. */
export const LEVEL_BITS = 16;
/** Where the weight stands in a place's packed int64: (weight << SHIFT) + the residual as an integer. */
export const SHIFT = 17;
/** Room for the bins of two roots, in turns, and for those of a node a level: int64, TOTAL_BINS each. */
export const PAIR_BINS = 18;
export const LEVEL_BINS = 19;
/** A node's bins as two float64 each: sum of residuals, weight. */
export const HISTOGRAM = 20;
/** Of a node's categories: their shares, 8 bytes each, and their order, 4 bytes each. */
export const SHARES = 21;
export const ORDER = 22;
/** Depth of the deepest leaf. */
export const MAX_DEPTH = 23;
/** Of each inner node of the full tree: where its route is, a byte a place. The children of i are 2i + 1, 2i + 2. */
export const ROUTES = 24;
/** A route of its own for each of these, and one that sends all places to the left. */
export const OWN_ROUTES = 25;
export const ALL_LEFT = 26;
/** The nodes of the tree grown last, NODE_BYTES each: depth first, the left child right after its parent. */
export const NODES = 27;
/**
 * Per leaf of the full tree: sum of residuals and of weight * p * (1 - p), two float64. As much room again behind them.
 */
export const LEAF_SUMS = 28;
/** The row at each place, int32; -1 for a place that no row has. */
export const ROW_AT = 29;
/** Per row: an answer, float64. */
export const ANSWERS = 30;

/** Float64 values, by index of 8 bytes. */
export const SCALE = 16;
export const MIN_SPLIT_WEIGHT = 17;
export const MIN_LEAF_WEIGHT = 18;

export const HEADER_BYTES = 256;

/** Cells of a group of columns, or of a table that has one a bin. */
export const CELLS = 256;

/** Fields of a booster, in bytes: addresses of what it has of its own. */
export const BOOSTER_BYTES = 32;
/** Per place: exp(-score) before the last tree, float64, and the leaf of that tree, a byte. */
export const BOOSTER_ODDS = 0;
export const BOOSTER_LEAF = 4;
/** Per leaf of the full tree, float64: what the last tree multiplies the odds by. */
export const BOOSTER_FACTOR = 8;
/** Per place that takes part: the packed int64, and the answer so far, float64. */
export const BOOSTER_PACKED = 12;
export const BOOSTER_PROBABILITIES = 16;
/** The bins of the root, int64. */
export const BOOSTER_ROOT_BINS = 20;

/** Fields of a column, in bytes. */
export const COLUMN_BYTES = 32;
export const COLUMN_FIRST_BIN = 0;
export const COLUMN_VALUE_BINS = 4;
export const COLUMN_HAS_MISSING = 8;
export const COLUMN_IS_CATEGORICAL = 12;
/** Numeric columns: lowest and highest value of each bin, float64. */
export const COLUMN_LOWEST = 16;
export const COLUMN_HIGHEST = 20;

/** Fields of a node, in bytes. Those of the split are those of Split. */
export const NODE_BYTES = 320;
export const NODE_SUM = 0;
export const NODE_WEIGHT = 8;
/** Column of the split; -1 for a leaf. */
export const NODE_COLUMN = 16;
export const NODE_LEFT_BIN = 20;
export const NODE_RIGHT_BIN = 24;
export const NODE_MISSING_LEFT = 28;
export const NODE_LEFT_SUM = 32;
export const NODE_LEFT_WEIGHT = 40;
/** The children. */
export const NODE_LEFT = 48;
export const NODE_RIGHT = 52;
/** Number of a leaf in the full tree, from left to right; -1 for an inner node. */
export const NODE_LEAF = 56;
/** A byte a bin, that of the missing cells last: all ones when it goes left. */
export const NODE_GOES_LEFT = 64;
