import type { GrownTree } from "../engine/grown-tree.ts";
import type { NodeAnswers } from "../engine/tree-predictor.ts";

/** Below this a sum of p (1 - p) is nothing, and the leaf answers 0. */
const NO_CURVATURE = 1e-150;

/** A leaf's answer before the learning rate: sum of residuals over sum of p (1 - p). */
export function newtonStep(residual: number, curvature: number): number {
  return curvature < NO_CURVATURE ? 0 : residual / curvature;
}

/** Sums over the rows of each node of a tree of gradient boosting, and what they make it answer. */
export class NodeSums implements NodeAnswers {
  residual: Float64Array = new Float64Array(64);
  curvature: Float64Array = new Float64Array(64);
  value: Float64Array = new Float64Array(64);
  cover: Float64Array = new Float64Array(64);

  /** Makes room for a tree of `nodes`; what stood here is forgotten. */
  reserve(nodes: number): void {
    if (nodes <= this.value.length) return;
    this.residual = new Float64Array(2 * nodes);
    this.curvature = new Float64Array(2 * nodes);
    this.value = new Float64Array(2 * nodes);
    this.cover = new Float64Array(2 * nodes);
  }

  /** Adds up the children of an inner node. */
  addUp(node: number, tree: GrownTree): void {
    const left = tree.left[node] as number;
    const right = tree.right[node] as number;
    const { residual, curvature, cover } = this;
    residual[node] = (residual[left] as number) + (residual[right] as number);
    curvature[node] = (curvature[left] as number) + (curvature[right] as number);
    cover[node] = (cover[left] as number) + (cover[right] as number);
  }

  /** Sets a node's answer: a Newton step times the rate. */
  answer(node: number, rate: number): void {
    const step = newtonStep(this.residual[node] as number, this.curvature[node] as number);
    this.value[node] = rate * step;
  }
}
