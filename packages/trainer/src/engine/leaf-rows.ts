import type { BinnedMatrix } from "./dtypes.ts";
import type { GrownTree } from "./grown-tree.ts";
import { MAX_VALUE_BINS } from "./dtypes.ts";
import { copyInto } from "./copy-into.ts";
import { partitionRows } from "./partition.ts";
import { fillRoute } from "./split-route.ts";

/**
 * Which rows of the binned matrix reach which node of a tree, whether they took part in growing it or not:
 * those of node i are rows[start[i]..end[i]). Owns its buffers; `send` overwrites them.
 *
 * A row goes where the ensemble sends it, but for what fillRoute says.
 */
export class LeafRows {
  readonly rows: Int32Array;
  start: Int32Array = new Int32Array(16);
  end: Int32Array = new Int32Array(16);
  readonly #binned: BinnedMatrix;
  readonly #inOrder: Int32Array;
  readonly #side: Int32Array;
  readonly #goesLeft: Uint8Array = new Uint8Array(MAX_VALUE_BINS + 1);

  constructor(binned: BinnedMatrix) {
    const height = binned.codes.rows;
    this.#binned = binned;
    this.#inOrder = new Int32Array(height).map((_, row) => row);
    this.rows = new Int32Array(height);
    this.#side = new Int32Array(height);
  }

  /** Sends all rows down the tree. O(rows * depth). */
  send(tree: GrownTree): void {
    const { data, rows: height } = this.#binned.codes;
    while (tree.count > this.start.length) {
      this.start = copyInto(new Int32Array(2 * this.start.length), this.start);
      this.end = copyInto(new Int32Array(2 * this.end.length), this.end);
    }
    const { start, end, rows } = this;
    rows.set(this.#inOrder);
    start[0] = 0;
    end[0] = height;
    for (let node = 0; node < tree.count; node++) {
      const feature = tree.feature[node] as number;
      if (feature < 0) continue;
      fillRoute(this.#binned.columns, tree, node, this.#goesLeft);
      const from = start[node] as number;
      const to = end[node] as number;
      const column = feature * height;
      const middle = partitionRows(data, column, this.#goesLeft, rows, this.#side, from, to);
      const left = tree.left[node] as number;
      const right = tree.right[node] as number;
      start[left] = from;
      end[left] = middle;
      start[right] = middle;
      end[right] = to;
    }
  }
}
