import type { RowMajorF64, SeededRandom } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";
import type { TreeEnsemble } from "@gillnet/model-bundle";

import type { Bootstrap } from "./bootstrap.ts";

/**
 * What trees said of the rows that their samples left out, a row written out as often as its weight says. Votes of
 * several groups of trees can be added up.
 */
export interface OutOfBagVotes {
  /** Per row written out: the answers' sum, and how many trees answered. */
  readonly sum: Float64Array;
  readonly trees: Int32Array;
  /** Per row written out: 1 for the positive class, and its weight. */
  readonly positive: Uint8Array;
  readonly weight: Float64Array;
}

/** Rows that are sent down a tree at a time. */
const ROWS_AT_ONCE = 1024;

/**
 * Collects the votes of a forest's trees on the rows that they were not grown on.
 *
 * Where all weights are integers a row of weight 3 is three rows, each in or out of a sample by itself: the
 * bootstrap says how often a distinct row was drawn, and here each draw falls on one of the copies with even
 * chances, which is the law of draws among the copies. Other weights stand for one row each. O(weight) memory.
 */
export class OutOfBag {
  readonly votes: OutOfBagVotes;
  readonly #x: RowMajorF64;
  readonly #bootstrap: Bootstrap;
  /** The copies of the bootstrap's pair i are copyStart[i] to copyStart[i + 1]. */
  readonly #copyStart: Int32Array;
  /** 1 for a copy that the sample has. */
  readonly #isDrawn: Uint8Array;
  readonly #block: Float64Array;
  readonly #pairs: Int32Array = new Int32Array(ROWS_AT_ONCE);

  /** @param x the rows that the bootstrap draws from */
  constructor(x: RowMajorF64, bootstrap: Bootstrap) {
    const { weight: pairWeight, positive: isPositive, isWhole } = bootstrap;
    const pairs = pairWeight.length;
    const copyStart = new Int32Array(pairs + 1);
    for (let pair = 0; pair < pairs; pair++) {
      const copies = isWhole ? (pairWeight[pair] as number) : 1;
      copyStart[pair + 1] = (copyStart[pair] as number) + copies;
    }
    const copies = copyStart[pairs] as number;
    const positive = new Uint8Array(copies);
    const weight = new Float64Array(copies).fill(1);
    for (let pair = 0; pair < pairs; pair++) {
      const [start, end] = [copyStart[pair], copyStart[pair + 1]];
      positive.fill(isPositive[pair] as number, start, end);
      if (!isWhole) weight.fill(pairWeight[pair] as number, start, end);
    }
    this.#x = x;
    this.#bootstrap = bootstrap;
    this.#copyStart = copyStart;
    this.#isDrawn = new Uint8Array(copies);
    this.#block = new Float64Array(ROWS_AT_ONCE * x.cols);
    this.votes = { sum: new Float64Array(copies), trees: new Int32Array(copies), positive, weight };
  }

  /**
   * Adds the votes of the tree that was grown on the bootstrap's last sample.
   *
   * @param random a stream for this tree's copies, not the one that the sample was drawn by
   */
  add(tree: TreeEnsemble, random: SeededRandom): void {
    const { count, row: rowOf } = this.#bootstrap;
    const { data, cols } = this.#x;
    const copyStart = this.#copyStart;
    this.#dealDraws(random);
    let waiting = 0;
    for (let pair = 0; pair < count.length; pair++) {
      const copies = (copyStart[pair + 1] as number) - (copyStart[pair] as number);
      if (copies === 1 && (count[pair] as number) > 0) continue;
      const start = (rowOf[pair] as number) * cols;
      for (let i = 0; i < cols; i++) this.#block[waiting * cols + i] = data[start + i] as number;
      this.#pairs[waiting++] = pair;
      if (waiting === ROWS_AT_ONCE) {
        this.#vote(tree, waiting);
        waiting = 0;
      }
    }
    this.#vote(tree, waiting);
  }

  /** Says for every copy whether the last sample has it. */
  #dealDraws(random: SeededRandom): void {
    const { count } = this.#bootstrap;
    const copyStart = this.#copyStart;
    const isDrawn = this.#isDrawn.fill(0);
    for (let pair = 0; pair < count.length; pair++) {
      const start = copyStart[pair] as number;
      const copies = (copyStart[pair + 1] as number) - start;
      const drawn = count[pair] as number;
      if (copies === 1) isDrawn[start] = Number(drawn > 0);
      else for (let i = 0; i < drawn; i++) isDrawn[start + random.integer(copies)] = 1;
    }
  }

  #vote(tree: TreeEnsemble, waiting: number): void {
    const cols = this.#x.cols;
    const data = this.#block.subarray(0, waiting * cols);
    const model = { kind: "forest", trees: tree } as const;
    const answers = predictProbabilities(model, { data, rows: waiting, cols });
    const { sum, trees } = this.votes;
    for (let i = 0; i < waiting; i++) {
      const pair = this.#pairs[i] as number;
      const end = this.#copyStart[pair + 1] as number;
      for (let copy = this.#copyStart[pair] as number; copy < end; copy++) {
        if (this.#isDrawn[copy] === 1) continue;
        sum[copy] = (sum[copy] as number) + (answers[i] as number);
        trees[copy] = (trees[copy] as number) + 1;
      }
    }
  }
}

/** The votes of several groups of trees over the same rows, together. */
export function addVotes(parts: readonly OutOfBagVotes[]): OutOfBagVotes {
  const [first, ...others] = parts as readonly [OutOfBagVotes, ...OutOfBagVotes[]];
  const sum = first.sum.slice();
  const trees = first.trees.slice();
  for (const part of others) {
    for (let copy = 0; copy < sum.length; copy++) {
      sum[copy] = (sum[copy] as number) + (part.sum[copy] as number);
      trees[copy] = (trees[copy] as number) + (part.trees[copy] as number);
    }
  }
  return { ...first, sum, trees };
}
