import { copyInto } from "./copy-into.ts";
import { MAX_VALUE_BINS } from "./dtypes.ts";
import type { Split } from "./splitting.ts";

/** 32-bit words that hold one bit a bin, the missing bin included. */
const BIN_SET_WORDS = Math.ceil((MAX_VALUE_BINS + 1) / 32);

/**
 * A tree as training sees it: splits between bins, sums of targets. Node i's fields stand at index i, for
 * i < `count`; nodes are numbered depth first, the left child right after its parent.
 *
 * The arrays are longer than `count` and are used again for the next tree: a forest that kept every tree's
 * own spent a tenth of its time on collecting garbage.
 */
export class GrownTree {
  count = 0;
  /** Column of the split, -1 for a leaf. */
  feature: Int32Array = new Int32Array(256);
  /** Numeric splits: the filled bins on both sides of the bound (see Split). */
  leftBin: Int16Array = new Int16Array(256);
  rightBin: Int16Array = new Int16Array(256);
  /** Numeric splits: the raw bound where it was drawn, else NaN (see Split). */
  bound: Float64Array = new Float64Array(256);
  missingLeft: Uint8Array = new Uint8Array(256);
  left: Int32Array = new Int32Array(256);
  right: Int32Array = new Int32Array(256);
  sum: Float64Array = new Float64Array(256);
  weight: Float64Array = new Float64Array(256);
  /** Categorical splits: where the node's set of bins starts in `binSets`; else -1. */
  binSet: Int32Array = new Int32Array(256);
  /** Sets of bins that go left, a bit a bin. */
  readonly binSets: number[] = [];

  /** Forgets all nodes. */
  clear(): void {
    this.count = 0;
    this.binSets.length = 0;
  }

  /** Adds a leaf and returns its index. */
  addLeaf(sum: number, weight: number): number {
    const node = this.count++;
    if (node === this.feature.length) this.#grow();
    this.feature[node] = -1;
    this.leftBin[node] = -1;
    this.rightBin[node] = -1;
    this.missingLeft[node] = 0;
    this.left[node] = -1;
    this.right[node] = -1;
    this.sum[node] = sum;
    this.weight[node] = weight;
    this.binSet[node] = -1;
    return node;
  }

  /** Makes a leaf an inner node; its children are linked when they are added. */
  split(node: number, split: Split, categorical: boolean): void {
    this.feature[node] = split.feature;
    this.missingLeft[node] = split.missingLeft ? 1 : 0;
    if (!categorical) {
      this.leftBin[node] = split.leftBin;
      this.rightBin[node] = split.rightBin;
      this.bound[node] = split.bound;
      return;
    }
    const start = this.binSets.length;
    this.binSet[node] = start;
    for (let word = 0; word < BIN_SET_WORDS; word++) this.binSets.push(0);
    split.goesLeft.forEach((left, bin) => {
      const word = start + (bin >> 5);
      this.binSets[word] = (this.binSets[word] as number) | (left << (bin & 31));
    });
  }

  /** Forgets the nodes below those that became leaves because their `feature` was set to -1. */
  dropCutNodes(): void {
    const { feature, left, right } = this;
    /** A kept node's new index; -1 for one that goes. */
    const moved = new Int32Array(this.count).fill(-1);
    moved[0] = 0;
    let kept = 0;
    for (let node = 0; node < this.count; node++) {
      if (moved[node] === -1) continue;
      moved[node] = kept++;
      if (feature[node] === -1) {
        left[node] = -1;
        right[node] = -1;
      } else {
        moved[left[node] as number] = 0;
        moved[right[node] as number] = 0;
      }
    }
    for (let node = 0; node < this.count; node++) {
      const to = moved[node] as number;
      if (to !== -1) this.#move(node, to, moved);
    }
    this.count = kept;
  }

  /** Moves a node to its new index, at or before its old one. */
  #move(node: number, to: number, moved: Int32Array): void {
    const isLeaf = this.feature[node] === -1;
    this.feature[to] = this.feature[node] as number;
    this.leftBin[to] = this.leftBin[node] as number;
    this.rightBin[to] = this.rightBin[node] as number;
    this.bound[to] = this.bound[node] as number;
    this.missingLeft[to] = isLeaf ? 0 : (this.missingLeft[node] as number);
    this.left[to] = isLeaf ? -1 : (moved[this.left[node] as number] as number);
    this.right[to] = isLeaf ? -1 : (moved[this.right[node] as number] as number);
    this.sum[to] = this.sum[node] as number;
    this.weight[to] = this.weight[node] as number;
    this.binSet[to] = this.binSet[node] as number;
  }

  /** Whether a categorical node sends a bin to the left. */
  binGoesLeft(node: number, bin: number): boolean {
    const word = this.binSets[(this.binSet[node] as number) + (bin >> 5)] as number;
    return ((word >>> (bin & 31)) & 1) === 1;
  }

  #grow(): void {
    const length = 2 * this.feature.length;
    this.feature = copyInto(new Int32Array(length), this.feature);
    this.leftBin = copyInto(new Int16Array(length), this.leftBin);
    this.rightBin = copyInto(new Int16Array(length), this.rightBin);
    this.bound = copyInto(new Float64Array(length), this.bound);
    this.missingLeft = copyInto(new Uint8Array(length), this.missingLeft);
    this.left = copyInto(new Int32Array(length), this.left);
    this.right = copyInto(new Int32Array(length), this.right);
    this.sum = copyInto(new Float64Array(length), this.sum);
    this.weight = copyInto(new Float64Array(length), this.weight);
    this.binSet = copyInto(new Int32Array(length), this.binSet);
  }
}
