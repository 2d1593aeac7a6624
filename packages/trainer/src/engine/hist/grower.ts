import type { Crew } from "./crew.ts";
import type { FitMemory, HistLimits } from "./fit-memory.ts";
import * as H from "./header.ts";
import { NodeRecords } from "./node-records.ts";

/** In place of a first child: the root is nobody's child. */
const NONE = 0;

/**
 * Grows one tree after the other over the rows in a fit's memory.
 *
 * Each row knows the number of the node it is in. A step splits some nodes: every row moves to the child that its
 * node's table gives for its code, the rows of each pair's smaller child (by hessian) are summed into a histogram, the
 * larger child's is what is left of the parent's, and both are searched for their best split.
 *
 * Children at the last level are not counted, since the split tells their sums; their rows move when the tree settles.
 */
export class HistGrower {
  readonly records: NodeRecords;
  /** First child of each node of the tree, the second one next to it; 0 for a leaf. */
  readonly firstChild: Int32Array;
  /** The leaf of the tree that each node's rows belong to. */
  readonly leafOf: Int32Array;
  /** Nodes that were made, whether they are in the tree or not; children come after their parent. */
  count = 0;
  /** As firstChild, but for all splits that were tried. */
  readonly #children: Int32Array;
  readonly #memory: FitMemory;
  readonly #crew: Crew;
  readonly #limits: HistLimits;
  readonly #depth: Int32Array;
  /** Address of the node's histogram, 0 when it has none. */
  readonly #histogram: Uint32Array;
  readonly #freeHistograms: number[] = [];
  #leaves = 0;
  #tables = 0;
  #builds = 0;
  #jobs = 0;

  constructor(memory: FitMemory, crew: Crew, limits: HistLimits) {
    const { mostNodes, mostHistograms, layout } = memory;
    this.#memory = memory;
    this.#crew = crew;
    this.#limits = limits;
    this.records = new NodeRecords(memory, limits);
    this.firstChild = new Int32Array(mostNodes);
    this.leafOf = new Int32Array(mostNodes);
    this.#children = new Int32Array(mostNodes);
    this.#depth = new Int32Array(mostNodes);
    this.#histogram = new Uint32Array(mostNodes);
    for (let i = mostHistograms - 1; i >= 0; i--) {
      this.#freeHistograms.push(layout.histograms + i * layout.histogramBytes);
    }
  }

  /** Grows a tree on the scores as they are; its random numbers start from `seed`. The scores do not change yet. */
  async grow(seed: number): Promise<void> {
    const { words } = this.#memory.kernel;
    const { growth, maxDepth } = this.#limits;
    words[H.TREE_SEED] = seed;
    this.count = 0;
    this.#leaves = 1;
    this.#tables = 0;
    this.#beginStep();
    this.#addNode(0);
    this.records.beginRoot(seed);
    this.#addJob(0, H.NO_NODE, 0, maxDepth > 1);
    const roots = await this.#countAndSearch(H.COMMAND_START, [0]);
    if (growth === "leaf_wise") await this.#growByLeaves(roots);
    else await this.#growByLevels(roots);
    this.#findLeaves();
  }

  async #growByLevels(roots: readonly number[]): Promise<void> {
    const { mostLeaves } = this.#memory;
    let level = roots;
    while (level.length > 0 && this.#leaves < mostLeaves) {
      const chosen = this.#bestOf(level, mostLeaves - this.#leaves);
      level = await this.#splitAll(chosen);
      for (const node of chosen) this.#keepSplit(node);
    }
    for (const node of level) this.#freeHistogram(node);
  }

  /**
   * Always keeps the split that gains most. One pass over the rows for every split would be dear, so a pass splits
   * the nodes next in line as well; if their turn never comes, those splits are not kept.
   */
  async #growByLeaves(roots: readonly number[]): Promise<void> {
    const { mostLeaves, mostNodes } = this.#memory;
    const { records } = this;
    // Leaves of the tree so far that can be split, by gain; of equal ones the earlier comes later: it is taken first.
    const open: number[] = [...roots];
    while (open.length > 0 && this.#leaves < mostLeaves) {
      const best = open.at(-1) as number;
      if (this.#children[best] === NONE) {
        const room = mostLeaves - this.#leaves;
        const spare = Math.floor((mostNodes - this.count) / 2) - room;
        const tried = Math.max(1, Math.min(Math.ceil(room / 2), spare));
        await this.#splitAll(open.slice(-tried).filter((node) => this.#children[node] === NONE));
      }
      open.pop();
      this.#keepSplit(best);
      const left = this.firstChild[best] as number;
      for (const child of [left, left + 1]) {
        const gain = records.gain(child);
        if (gain > 0)
          open.splice(open.findLastIndex((node) => records.gain(node) < gain) + 1, 0, child);
      }
    }
    for (let node = 0; node < this.count; node++) this.#freeHistogram(node);
  }

  /** The nodes of a level that gain most, as many as there is room for, ties by number. */
  #bestOf(nodes: readonly number[], room: number): readonly number[] {
    if (nodes.length <= room) return nodes;
    const { records } = this;
    const ranked = nodes.toSorted((a, b) => records.gain(b) - records.gain(a) || a - b);
    for (const node of ranked.slice(room)) this.#freeHistogram(node);
    return ranked.slice(0, room);
  }

  /** Splits nodes, in as many steps as the memory asks for. Returns the children that can be split. */
  async #splitAll(nodes: readonly number[]): Promise<number[]> {
    const { mostBuilds, mostTables } = this.#memory;
    const splittable: number[] = [];
    let children: number[] = [];
    const step = async (): Promise<void> => {
      splittable.push(...(await this.#countAndSearch(H.COMMAND_SPLIT, children)));
      children = [];
      this.#tables = 0;
      this.#beginStep();
    };
    this.#beginStep();
    for (const node of nodes) {
      if (this.#builds + 2 > mostBuilds || this.#tables === mostTables) await step();
      children.push(...this.#split(node));
    }
    if (this.#jobs > 0) await step();
    return splittable;
  }

  #beginStep(): void {
    this.#builds = 0;
    this.#jobs = 0;
  }

  /** Makes a node's children. Returns those that are to be searched. */
  #split(node: number): readonly number[] {
    const { kernel, layout } = this.#memory;
    const { records } = this;
    const depth = (this.#depth[node] as number) + 1;
    const left = this.#addNode(depth);
    const right = this.#addNode(depth);
    this.#children[node] = left;
    records.beginChildren(node, left);
    const table = layout.tables + this.#tables++ * H.CELLS;
    kernel.exports.writeTable(node, table);
    records.setRoute(node, table, left);

    const parentHistogram = this.#histogram[node] as number;
    this.#histogram[node] = 0;
    const { maxDepth } = this.#limits;
    if (depth === maxDepth || !(records.canSplit(left) || records.canSplit(right))) {
      if (parentHistogram !== 0) this.#freeHistograms.push(parentHistogram);
      return [];
    }
    const keeping = depth + 1 < maxDepth;
    if (parentHistogram === 0) {
      this.#addJob(left, H.NO_NODE, 0, keeping);
      this.#addJob(right, H.NO_NODE, 0, keeping);
    } else {
      const [small, large] =
        records.hessian(left) <= records.hessian(right) ? [left, right] : [right, left];
      this.#addJob(small, large, parentHistogram, keeping);
      this.#histogram[large] = parentHistogram;
    }
    return [left, right];
  }

  #addNode(depth: number): number {
    const node = this.count++;
    this.#depth[node] = depth;
    this.#histogram[node] = 0;
    this.firstChild[node] = NONE;
    this.#children[node] = NONE;
    return node;
  }

  /** Has a node's histogram filled and searched in this step, and its sibling's with it. */
  #addJob(node: number, sibling: number, parentHistogram: number, keeping: boolean): void {
    const { kernel, layout } = this.#memory;
    const { words } = kernel;
    const histogram = keeping ? (this.#freeHistograms.pop() ?? 0) : 0;
    this.#histogram[node] = histogram;
    words[layout.builds / 4 + node] = 1 + this.#builds++ * layout.buildBytes;
    const job = (layout.jobs + this.#jobs++ * H.JOB_BYTES) / 4;
    words[job + H.JOB_NODE / 4] = node;
    words[job + H.JOB_SIBLING / 4] = sibling;
    words[job + H.JOB_PARENT_HISTOGRAM / 4] = parentHistogram;
    words[job + H.JOB_HISTOGRAM / 4] = histogram;
    words[H.JOB_COUNT] = this.#jobs;
  }

  /** Does a step. Returns which of `nodes` can be split. */
  async #countAndSearch(command: number, nodes: readonly number[]): Promise<number[]> {
    const { kernel, layout } = this.#memory;
    kernel.words[H.JOB_COUNT] = this.#jobs;
    await this.#crew.run(command);
    if (this.#jobs > 0) await this.#crew.run(H.COMMAND_SEARCH);
    const { maxDepth } = this.#limits;
    return nodes.filter((node) => {
      kernel.words[layout.builds / 4 + node] = 0;
      const splittable = this.records.gain(node) > 0;
      const isLast = (this.#depth[node] as number) + 1 >= maxDepth;
      if (!splittable || isLast) this.#freeHistogram(node);
      return splittable;
    });
  }

  #keepSplit(node: number): void {
    this.firstChild[node] = this.#children[node] as number;
    this.#leaves++;
  }

  #findLeaves(): void {
    this.leafOf[0] = 0;
    for (let node = 0; node < this.count; node++) {
      const left = this.#children[node] as number;
      if (left === NONE) continue;
      const isKept = this.firstChild[node] !== NONE;
      this.leafOf[left] = isKept ? left : (this.leafOf[node] as number);
      this.leafOf[left + 1] = isKept ? left + 1 : (this.leafOf[node] as number);
    }
  }

  #freeHistogram(node: number): void {
    const histogram = this.#histogram[node] as number;
    if (histogram !== 0) this.#freeHistograms.push(histogram);
    this.#histogram[node] = 0;
  }
}
