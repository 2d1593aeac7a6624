/*
 * The words at the start of the kernel's memory, by index: the one list that both sides read, TypeScript here and
 * AssemblyScript in kernel/forest. Pointers are byte addresses in that memory.
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
/** The table's rows, and the targets that a tree is grown on: whole numbers, or else fractions. */
export const TABLE = 9;
export const TARGETS = 10;
export const IS_WHOLE = 11;
/** A tree's rows, RECORD_ROOM of them, and what each counts. */
export const RECORDS = 12;
export const COUNTS = 13;
/** Cells of columns that are counted: zero between nodes. */
export const CELLS = 14;
/** The columns in the order that draws shuffle, and those drawn last. */
export const ORDER = 15;
export const DRAWN = 16;
/** Row numbers of a small node, as much room for their parting, and the rows' counts: LIST_ROWS each. */
export const LIST = 17;
export const LIST_ROWS = 18;
export const RECORD_ROOM = 19;
/** Four words of the random stream. */
export const STATE = 20;
/** Nodes that a tree has room for, and the arrays of their fields: ten words, see node-arrays.ts. */
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
/** Nodes of the tree. */
export const NODES = 41;
/** Of whole targets: their weight, and how many (row, class) pairs have some. */
export const TOTAL = 42;
export const PAIRS = 43;
/** Nodes of trees that are kept; they stand before the tree's. */
export const KEPT = 44;
/** Rows in planes that go right wait here. */
export const SIDE = 45;
/** Bytes of what a row counts, at COUNTS. */
export const COUNT_BYTES = 46;
/** The rows that samples are drawn from, a word each; 0 where the kernel draws none. */
export const KEYS = 47;

/** Float64 values, by index of 8 bytes. */
export const MIN_SPLIT = 24;
export const MIN_LEAF = 25;

/** Words in all. */
export const WORDS = 64;

/** Where what is not of a fixed size starts: a multiple of 64. */
export const FIRST_FREE = 20480;

/** Bytes of an entry of the stack before its bits of constant columns. */
export const STACK_BYTES = 40;
