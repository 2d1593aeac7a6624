import type { BinnedMatrix } from "../dtypes.ts";
import type { GrownTree } from "../grown-tree.ts";
import { noSplit } from "../splitting.ts";
import type { Split } from "../splitting.ts";
import * as H from "./header.ts";

/** Reads the records of the kernel's nodes. */
export class GrownNodes {
  /** How many nodes the tree has. */
  count = 0;
  readonly #columns: BinnedMatrix["columns"];
  readonly #bytes: Uint8Array;
  readonly #ints: Int32Array;
  readonly #reals: Float64Array;
  readonly #split: Split = noSplit();

  /** @param records NODE_BYTES a node */
  constructor(columns: BinnedMatrix["columns"], records: Uint8Array) {
    const { buffer, byteOffset, length } = records;
    this.#columns = columns;
    this.#bytes = records;
    this.#ints = new Int32Array(buffer, byteOffset, length / 4);
    this.#reals = new Float64Array(buffer, byteOffset, length / 8);
  }

  /** The number of a leaf among those of the full tree, from left to right; -1 for an inner node. */
  leafOf(node: number): number {
    return this.#int(node, H.NODE_LEAF);
  }

  /** OUT `tree`: the nodes as other growers give them. */
  copyTo(tree: GrownTree): void {
    tree.clear();
    for (let node = 0; node < this.count; node++) {
      tree.addLeaf(this.#real(node, H.NODE_SUM), this.#real(node, H.NODE_WEIGHT));
      const column = this.#int(node, H.NODE_COLUMN);
      if (column < 0) continue;
      const isCategorical = this.#columns[column]?.kind === "categorical";
      tree.split(node, this.#readSplit(node, column, isCategorical), isCategorical);
      tree.left[node] = this.#int(node, H.NODE_LEFT);
      tree.right[node] = this.#int(node, H.NODE_RIGHT);
    }
  }

  #readSplit(node: number, column: number, isCategorical: boolean): Split {
    const split = this.#split;
    split.feature = column;
    split.leftBin = this.#int(node, H.NODE_LEFT_BIN);
    split.rightBin = this.#int(node, H.NODE_RIGHT_BIN);
    split.missingLeft = this.#int(node, H.NODE_MISSING_LEFT) === 1;
    if (!isCategorical) return split;
    const from = node * H.NODE_BYTES + H.NODE_GOES_LEFT;
    const { goesLeft } = split;
    for (let bin = 0; bin < goesLeft.length; bin++) {
      goesLeft[bin] = (this.#bytes[from + bin] as number) & 1;
    }
    return split;
  }

  #int(node: number, field: number): number {
    return this.#ints[(node * H.NODE_BYTES + field) / 4] as number;
  }

  #real(node: number, field: number): number {
    return this.#reals[(node * H.NODE_BYTES + field) / 8] as number;
  }
}
