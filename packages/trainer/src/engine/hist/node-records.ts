import type { FitMemory, HistLimits } from "./fit-memory.ts";
import * as H from "./header.ts";

/** The records of a tree's nodes in a fit's memory: sums, bounds, and the best split that the kernel found. */
export class NodeRecords {
  readonly #ints: Int32Array;
  readonly #words: Uint32Array;
  readonly #reals: Float64Array;
  readonly #memory: FitMemory;
  readonly #limits: HistLimits;
  readonly #leastHessian: number;

  constructor(memory: FitMemory, limits: HistLimits) {
    const { ints, words, reals } = memory.kernel;
    this.#memory = memory;
    this.#limits = limits;
    this.#ints = ints;
    this.#words = words;
    this.#reals = reals;
    this.#leastHessian = 2 * Math.max(1, words[H.LEAST_HESSIAN] as number);
  }

  gain(node: number): number {
    return this.#reals[this.#at(node, H.NODE_GAIN) / 8] as number;
  }

  /** Sum of hessians, as an integer. */
  hessian(node: number): number {
    return this.#words[this.#at(node, H.NODE_HESSIAN) / 4] as number;
  }

  column(node: number): number {
    return this.#ints[this.#at(node, H.NODE_COLUMN) / 4] as number;
  }

  /** The last bin on the left of a numeric split. */
  lastLeftBin(node: number): number {
    return this.#ints[this.#at(node, H.NODE_BIN) / 4] as number;
  }

  missingLeft(node: number): boolean {
    return this.#ints[this.#at(node, H.NODE_MISSING_LEFT) / 4] === 1;
  }

  /** Whether a categorical split sends a bin to the left. */
  binGoesLeft(node: number, bin: number): boolean {
    const word = this.#words[this.#at(node, H.NODE_BITS) / 4 + (bin >> 5)] as number;
    return ((word >>> (bin & 31)) & 1) === 1;
  }

  /** Whether a node has enough hessian for two leaves. */
  canSplit(node: number): boolean {
    return this.hessian(node) >= this.#leastHessian;
  }

  /** The Newton step of a node's rows, within its bounds: -gradient / (hessian + l2). */
  answer(node: number): number {
    const { gradient, hessian } = this.#memory.scales;
    const sum = (this.#ints[this.#at(node, H.NODE_GRADIENT) / 4] as number) / gradient;
    const curvature = this.hessian(node) / hessian + this.#limits.l2;
    const step = curvature > 0 ? -sum / curvature : 0;
    const lowest = this.#reals[this.#at(node, H.NODE_LOWEST) / 8] as number;
    const highest = this.#reals[this.#at(node, H.NODE_HIGHEST) / 8] as number;
    // Adding 0 turns -0 into 0.
    return Math.min(Math.max(step, lowest), highest) + 0;
  }

  /** A root without bounds; the kernel writes its sums. */
  beginRoot(seed: number): void {
    this.#begin(0, seed, -Infinity, Infinity);
  }

  /** Gives two children their sums, bounds and keys. */
  beginChildren(node: number, left: number): void {
    const ints = this.#ints;
    const words = this.#words;
    const right = left + 1;
    const parent = this.#at(node, 0) / 4;
    const key = words[parent + H.NODE_KEY / 4] as number;
    const lowest = this.#reals[this.#at(node, H.NODE_LOWEST) / 8] as number;
    const highest = this.#reals[this.#at(node, H.NODE_HIGHEST) / 8] as number;
    this.#begin(left, childKey(key, 1), lowest, highest);
    this.#begin(right, childKey(key, 2), lowest, highest);
    for (const [whole, part] of CHILD_SUMS) {
      const ofLeft = ints[parent + part / 4] as number;
      ints[this.#at(left, whole) / 4] = ofLeft;
      ints[this.#at(right, whole) / 4] = (ints[parent + whole / 4] as number) - ofLeft;
    }
    const sign = this.#limits.monotonic[this.column(node)] as number;
    if (sign === 0) return;
    // As in scikit-learn: no answer beneath one child may pass the middle between the two children's.
    const middle = (this.answer(left) + this.answer(right)) / 2;
    const [lower, upper] = sign > 0 ? [left, right] : [right, left];
    this.#reals[this.#at(lower, H.NODE_HIGHEST) / 8] = middle;
    this.#reals[this.#at(upper, H.NODE_LOWEST) / 8] = middle;
  }

  /** Where a split node's rows go: to `left` or the node after it, as the table says for their code. */
  setRoute(node: number, table: number, left: number): void {
    const { layout } = this.#memory;
    const column = layout.columns + this.column(node) * H.COLUMN_BYTES;
    const route = layout.routes / 4 + 4 * node;
    this.#words[route] = this.#words[(column + H.COLUMN_PHYSICAL) / 4] as number;
    this.#words[route + 1] = table;
    this.#words[route + 2] = left;
  }

  #begin(node: number, key: number, lowest: number, highest: number): void {
    const { layout } = this.#memory;
    const route = layout.routes / 4 + 4 * node;
    this.#words[route] = 0;
    // The table of zeros before the first: rows of a leaf stay.
    this.#words[route + 1] = layout.tables - H.CELLS;
    this.#words[route + 2] = node;
    this.#words[this.#at(node, H.NODE_KEY) / 4] = key;
    this.#reals[this.#at(node, H.NODE_LOWEST) / 8] = lowest;
    this.#reals[this.#at(node, H.NODE_HIGHEST) / 8] = highest;
    this.#reals[this.#at(node, H.NODE_GAIN) / 8] = 0;
  }

  #at(node: number, field: number): number {
    return this.#memory.layout.nodes + node * H.NODE_BYTES + field;
  }
}

const CHILD_SUMS = [
  [H.NODE_GRADIENT, H.NODE_LEFT_GRADIENT],
  [H.NODE_HESSIAN, H.NODE_LEFT_HESSIAN],
  [H.NODE_COUNT, H.NODE_LEFT_COUNT],
] as const;

/** What a child's random numbers start from: the way from the root to it, not when it was made. */
function childKey(key: number, side: number): number {
  let x = (key + Math.imul(side, 0x9e3779b9)) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
