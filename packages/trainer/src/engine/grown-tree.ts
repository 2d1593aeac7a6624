import { MAX_VALUE_BINS } from "./dtypes.ts";
import type { Split } from "./splitting.ts";

/** 32-bit words that hold one bit a bin, the missing bin included. */
export const BIN_SET_WORDS: number = Math.ceil((MAX_VALUE_BINS + 1) / 32);

/**
 * A tree as training sees it: splits between bins, sums of targets. Node i's fields stand at index i;
 * nodes are numbered depth first, the left child right after its parent.
 */
export class GrownTree {
  readonly feature: number[] = [];
  /** Numeric splits: the filled bins on both sides of the bound (see Split). */
  readonly leftBin: number[] = [];
  readonly rightBin: number[] = [];
  readonly missingLeft: boolean[] = [];
  readonly left: number[] = [];
  readonly right: number[] = [];
  readonly sum: number[] = [];
  readonly weight: number[] = [];
  /** Categorical splits: where the set of bins that go left starts in `binSets`; else -1. */
  readonly binSet: number[] = [];
  readonly binSets: number[] = [];

  /** Adds a leaf and returns its index. */
  addLeaf(sum: number, weight: number): number {
    this.leftBin.push(-1);
    this.rightBin.push(-1);
    this.missingLeft.push(false);
    this.left.push(-1);
    this.right.push(-1);
    this.sum.push(sum);
    this.weight.push(weight);
    this.binSet.push(-1);
    return this.feature.push(-1) - 1;
  }

  /** Makes a leaf an inner node; its children are linked when they are added. */
  split(node: number, split: Split, categorical: boolean): void {
    this.feature[node] = split.feature;
    this.missingLeft[node] = split.missingLeft;
    if (!categorical) {
      this.leftBin[node] = split.leftBin;
      this.rightBin[node] = split.rightBin;
      return;
    }
    const words = new Array<number>(BIN_SET_WORDS).fill(0);
    split.goesLeft.forEach((left, bin) => {
      if (left === 1) words[bin >> 5] = (words[bin >> 5] as number) | (1 << (bin & 31));
    });
    this.binSet[node] = this.binSets.push(...words) - BIN_SET_WORDS;
  }
}
