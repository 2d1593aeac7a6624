/*
 * The start of the forest kernel's memory: what it is told, and where it finds the rest. Words of 32 bits, by their
 * index; kernel/forest/header.ts has the same, and some of its own.
 */

/** The first byte that is not in use. */
export const TOP = 0;
export const COLUMNS = 1;
/** Bytes of a row at TABLE: a multiple of 16. */
export const STRIDE = 2;
export const COLUMNS_PER_SPLIT = 3;
/** 1 for entropy, 0 for Gini impurity. */
export const IS_ENTROPY = 4;
/** 1 where a drawn column's bound is drawn too, 0 where all bounds are tried. */
export const DRAWS_BOUNDS = 5;
export const MAX_DEPTH = 6;
/** Rows of the table. */
export const ROWS = 7;
/** Per column: value bins; flags, 1 for categories and 2 for missing cells; lowest and highest value of its bins. */
export const COLUMN_BINS = 8;
/** The table's rows, and the targets that a tree is grown on. */
export const TABLE = 9;
export const TARGETS = 10;
/** Rows of a tree that there is room for. */
export const RECORD_ROOM = 19;
/** Cells of columns that are counted: zero between nodes. */
export const CELLS = 14;
/** The columns in the order that draws shuffle, and those drawn last. */
export const ORDER = 15;
export const DRAWN = 16;
/** Row numbers of a small node, as much room for their parting, and the rows' counts: LIST_ROWS each. */
export const LIST = 17;
export const LIST_ROWS = 18;
/** Four words of the random stream. */
export const STATE = 20;
/** Nodes that a tree has room for, and the arrays of their fields, in the order of NODE_BYTES. */
export const NODE_ROOM = 24;
export const NODE_ARRAYS = 25;
/** Sets of bins that categorical nodes send left: where, room in words, and words in use. */
export const BIN_SETS = 35;
export const BIN_SET_ROOM = 36;
export const BIN_SET_WORDS = 37;
/** Nodes that wait, and how many there is room for. */
export const STACK = 38;
export const STACK_ROOM = 39;
/** 1 where rows are held in planes, 0 where they are bytes (see kernel/forest). */
export const IS_PLANES = 40;
/** Of whole targets: their weight, and how many (row, class) pairs have some. */
export const TOTAL = 42;
export const PAIRS = 43;
/** Nodes of trees that are kept; they stand before the tree's. */
export const KEPT = 44;
/** The rows that samples are drawn from, a word each; 0 where the kernel draws none. */
export const KEYS = 47;
/** Float64, two words each. */
export const MIN_SPLIT = 48;
export const MIN_LEAF = 50;

/** Words in all. */
export const WORDS = 64;

/** Where what is not of a fixed size starts. */
export const FIRST_FREE = 20_480;

/** Bytes of a node's fields: left, right, feature, binSet, sum, weight, bound, leftBin, rightBin, missingLeft. */
export const NODE_BYTES: readonly number[] = [4, 4, 4, 4, 8, 8, 8, 2, 2, 1];

/** Bytes of an entry of the stack before its bits of constant columns. */
export const STACK_BYTES = 40;
