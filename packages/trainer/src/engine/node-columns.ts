import type { SeededRandom } from "@gillnet/entity";

/**
 * The columns as the nodes of a growing tree see them: which are known to be constant at each place of the stack of
 * open nodes, and which ones a node draws.
 */
export class NodeColumns {
  /** What `draw` or `takeAll` found last. */
  readonly drawn: Int32Array;
  /** A bit a column that is known to be constant: `words` words for each place. */
  constant: Uint32Array;
  readonly words: number;
  /** A permutation of the columns that the draws keep shuffling. */
  readonly #order: Int32Array;

  constructor(columns: number) {
    this.drawn = new Int32Array(columns);
    this.words = Math.ceil(columns / 32);
    this.constant = new Uint32Array(64 * this.words);
    this.#order = new Int32Array(columns);
  }

  /** Forgets the last tree: no column is known to be constant at place 0, and draws start in order. */
  reset(): void {
    for (let i = 0; i < this.#order.length; i++) this.#order[i] = i;
    this.constant.fill(0, 0, this.words);
  }

  isConstant(place: number, column: number): boolean {
    const word = this.constant[place * this.words + (column >> 5)] as number;
    return ((word >>> (column & 31)) & 1) === 1;
  }

  setConstant(place: number, column: number): void {
    const at = place * this.words + (column >> 5);
    this.constant[at] = (this.constant[at] as number) | (1 << (column & 31));
  }

  /** Has the node at `to` know of the columns that are constant at `from`. */
  copyConstant(from: number, to: number): void {
    const words = this.words;
    if ((to + 1) * words > this.constant.length) {
      const larger = new Uint32Array(2 * this.constant.length);
      larger.set(this.constant);
      this.constant = larger;
    }
    for (let i = 0; i < words; i++) {
      this.constant[to * words + i] = this.constant[from * words + i] as number;
    }
  }

  /**
   * Draws columns without replacement: those of rank `visited` to `upTo` (exclusive) of the node's draw.
   *
   * @returns how many of them are not known to be constant: they are drawn[0..count)
   */
  draw(place: number, visited: number, upTo: number, random: SeededRandom): number {
    const order = this.#order;
    const drawn = this.drawn;
    let count = 0;
    for (let rank = visited; rank < upTo; rank++) {
      // Scaling 32 bits is unfair by less than columns / 2^32, and far cheaper than a remainder.
      const at = rank + Math.floor((random.uint32() * (order.length - rank)) / 4294967296);
      const column = order[at] as number;
      order[at] = order[rank] as number;
      order[rank] = column;
      if (!this.isConstant(place, column)) drawn[count++] = column;
    }
    return count;
  }

  /** Fills `drawn` with all columns that are not known to be constant, in order, and returns how many they are. */
  takeAll(place: number): number {
    let count = 0;
    for (let column = 0; column < this.drawn.length; column++) {
      if (!this.isConstant(place, column)) this.drawn[count++] = column;
    }
    return count;
  }
}
