/*
 * The words at the start of a fit's memory, by index: the one list that both sides read, TypeScript here and
 * AssemblyScript in kernel/hist. Pointers are byte addresses in that memory.
 */

/** What the threads do next: one of the COMMAND_ values. */
export const COMMAND = 0;
/** Threads that took part in filling the histograms. */
export const THREADS = 1;
/** Rows, and how many of them a thread takes at a time. */
export const ROWS = 2;
export const CHUNK = 3;
/** Per row: its codes, STRIDE bytes in a row (a multiple of 8), of which PHYSICAL are columns. */
export const CODES = 4;
export const STRIDE = 5;
export const PHYSICAL = 6;
/** Per row: gradient and hessian of this tree, (g << 32) + h. */
export const MOMENTS = 7;
/** Per row, where leaves have a least number of rows: its weight as an integer, int64; else 0. */
export const ROW_COUNTS = 8;
/** Per row: the score so far, float64. */
export const SCORES = 9;
/** Per row: weight of all and of the positive copies, float32. */
export const WEIGHTS = 10;
export const POSITIVES = 11;
/** Per row: the node it is in, uint16. */
export const NODE_IDS = 12;
/** Per node: where its rows go (16 bytes: offset of the column, table, first child, nothing). */
export const ROUTES = 13;
/** Per node: 0, or 1 + the offset of its histogram in each thread's area. */
export const BUILDS = 14;
/** Per node: the answer, float64. */
export const VALUES = 15;
/** Per node: the record that NODE_ fields describe. */
export const NODES = 16;
/** Per thread: histograms over physical columns, AREA_BYTES each thread, BUILD_BYTES each histogram. */
export const AREAS = 17;
export const AREA_BYTES = 18;
export const BUILD_BYTES = 19;
/** Per thread: a list of a chunk's rows, then room for a search. */
export const SCRATCH = 20;
export const SCRATCH_BYTES = 21;
/** Per thread: weight that reached each node, float64 that hold integers. */
export const COVERS = 22;
export const COVER_BYTES = 23;
/** Histograms to fill in this command; each has 16 bytes at JOBS. */
export const JOBS = 24;
export const JOB_COUNT = 25;
/** Columns as the model knows them; each has 32 bytes at COLUMNS. */
export const COLUMNS = 26;
export const COLUMN_COUNT = 27;
/** Physical columns: 8 bytes each at GROUPS (first entry in GROUP_MEMBERS, how many), members are column indices. */
export const GROUPS = 28;
export const GROUP_MEMBERS = 29;
/** Bins of all columns together. */
export const TOTAL_BINS = 30;
/** Columns that a node draws, of those of its tree; TREE_COLUMNS for all. */
export const DRAWN_COLUMNS = 31;
/** Per row: 1 when it takes part in this tree. */
export const INCLUDED = 32;
/** 1 when rows are drawn for each tree; a copy is in when its hash is below SUBSAMPLE_BOUND. */
export const SUBSAMPLE = 33;
export const SUBSAMPLE_BOUND = 34;
/** 1 when rounding is by chance. */
export const STOCHASTIC = 35;
/** What this tree's random numbers start from. */
export const TREE_SEED = 36;
/** 1 when some column is monotonic. */
export const BOUNDED = 37;
/** Least hessian and least weight of a leaf, as integers of the histograms. */
export const LEAST_HESSIAN = 38;
export const LEAST_COUNT = 39;
/** Per row: 1 when it takes part in no tree; 0 when there are no such rows. */
export const HELD_OUT = 40;
/** Columns that a tree draws; COLUMN_COUNT for all. */
export const TREE_COLUMNS = 41;

/** Float64 values, by index of 8 bytes. */
export const GRADIENT_SCALE = 24;
export const HESSIAN_SCALE = 25;
export const COUNT_SCALE = 26;
export const COVER_SCALE = 27;
export const L2 = 28;
/** What one row of a class weighs on average: what a subsample draws singly. */
export const POSITIVE_UNIT = 29;
export const NEGATIVE_UNIT = 30;

/** Words that threads wait on, in bytes, each in a cache line of its own. */
export const TURN = 512;
export const ARRIVED = 576;
export const NEXT = 640;
export const JOINED = 704;
export const HEADER_BYTES = 768;

/** Moments of all rows, and the histogram of the root. */
export const COMMAND_START = 1;
/** Send the rows of split nodes to their children, and fill the children's histograms. */
export const COMMAND_SPLIT = 2;
/** Complete the histograms and find each node's best split. */
export const COMMAND_SEARCH = 3;
/** Send the rows of split nodes to their children, and add the answers to the scores. */
export const COMMAND_SETTLE = 4;

/** Fields of a node's record, in bytes. */
export const NODE_BYTES = 128;
export const NODE_GRADIENT = 0;
export const NODE_HESSIAN = 4;
export const NODE_COUNT = 8;
export const NODE_KEY = 12;
/** Bounds of the answers beneath, float64. */
export const NODE_LOWEST = 16;
export const NODE_HIGHEST = 24;
/** The best split: what it gains (float64; 0 when there is none), its column, the last bin on the left. */
export const NODE_GAIN = 32;
export const NODE_COLUMN = 40;
export const NODE_BIN = 44;
export const NODE_MISSING_LEFT = 48;
/** Sums of the left child. */
export const NODE_LEFT_GRADIENT = 52;
export const NODE_LEFT_HESSIAN = 56;
export const NODE_LEFT_COUNT = 60;
/** Categories: 256 bits, 1 goes left. */
export const NODE_BITS = 64;

/** Fields of a job. */
export const JOB_BYTES = 16;
export const JOB_NODE = 0;
/** The node's sibling, which gets what is left of the parent; NO_NODE when it has a job of its own. */
export const JOB_SIBLING = 4;
export const JOB_PARENT_HISTOGRAM = 8;
/** Where the node's histogram is kept; 0 when nobody needs it later. */
export const JOB_HISTOGRAM = 12;
export const NO_NODE = 0x7fffffff;

/** Fields of a column. */
export const COLUMN_BYTES = 32;
export const COLUMN_FIRST_BIN = 0;
export const COLUMN_VALUE_BINS = 4;
export const COLUMN_HAS_MISSING = 8;
export const COLUMN_IS_CATEGORICAL = 12;
export const COLUMN_MONOTONIC = 16;
export const COLUMN_PHYSICAL = 20;
/** 256 bytes: the column's bin in each code of its physical column. */
export const COLUMN_DIGITS = 24;

/** Cells of a physical column. */
export const CELLS = 256;
