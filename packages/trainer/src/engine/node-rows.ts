import type { FilledBins } from "./filled-bins.ts";
import type { Split } from "./splitting.ts";

/** Rows of a tree in the order of its nodes: a node has those of one range, its start to its end (exclusive). */
export interface NodeRows {
  /** Counts the first `count` of `columns` over a node's rows, whose targets add up to `sum` and `weight`. */
  count(
    columns: Int32Array,
    count: number,
    start: number,
    end: number,
    sum: number,
    weight: number,
  ): void;
  /** What was counted of columns[index]. To be asked once for each of them. */
  read(index: number, filled: FilledBins): void;
  /** Parts a node's rows by a split, keeping their order on both sides; returns where the right ones start. */
  part(split: Split, start: number, end: number): number;
}
