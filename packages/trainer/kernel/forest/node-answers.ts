import { KEPT, NODE_ARRAYS, NODE_ROOM } from "../../src/engine/forest/header";
import { int, setInt, setWord } from "../header/words";
import { boundBetween, isCategorical } from "./bins";
import { BOUND, FEATURE, LEFT, LEFT_BIN, RIGHT, RIGHT_BIN, SUM, WEIGHT, bytesOf, fieldOf } from "./nodes";

/** What a node answers: its share of the positive class. */
// @ts-ignore: AssemblyScript
@inline
export function shareOf(node: usize): f64 {
  return min(1.0, max(0.0, load<f64>(fieldOf(SUM) + (node << 3)) / load<f64>(fieldOf(WEIGHT) + (node << 3))));
}

/** The bound of a numeric node in raw values: the one that was drawn, or that between its bins. */
// @ts-ignore: AssemblyScript
@inline
export function boundOf(node: usize, column: i32): f64 {
  const drawn = load<f64>(fieldOf(BOUND) + (node << 3));
  if (drawn === drawn) return drawn;
  return boundBetween(
    column,
    load<i16>(fieldOf(LEFT_BIN) + (node << 1)),
    load<i16>(fieldOf(RIGHT_BIN) + (node << 1)),
  );
}

/**
 * Makes the first `nodes` nodes, which are a tree, nodes of a model, and keeps them: the next tree's come behind. What
 * was a node's sum becomes its answer, its weight its cover, its bound the raw one. Children are counted from the first
 * kept node on.
 *
 * @param coverUnit what one unit of weight stands for
 */
export function keepTree(nodes: i32, coverUnit: f64): void {
  const kept = int(KEPT);
  for (let node: usize = 0; node < <usize>nodes; node++) {
    const column = load<i32>(fieldOf(FEATURE) + (node << 2));
    const bound = column >= 0 && !isCategorical(column) ? boundOf(node, column) : 0;
    store<f64>(fieldOf(BOUND) + (node << 3), bound);
    store<f64>(fieldOf(SUM) + (node << 3), shareOf(node));
    const weight = fieldOf(WEIGHT) + (node << 3);
    store<f64>(weight, load<f64>(weight) * coverUnit);
    if (column < 0) continue;
    const left = fieldOf(LEFT) + (node << 2);
    const right = fieldOf(RIGHT) + (node << 2);
    store<i32>(left, load<i32>(left) + kept);
    store<i32>(right, load<i32>(right) + kept);
  }
  for (let field = 0; field < 10; field++) {
    setWord(NODE_ARRAYS + field, fieldOf(field) + <usize>nodes * bytesOf(field));
  }
  setInt(KEPT, kept + nodes);
  setInt(NODE_ROOM, int(NODE_ROOM) - nodes);
}

/** Forgets the trees that are kept. */
export function dropTrees(): void {
  const kept = int(KEPT);
  for (let field = 0; field < 10; field++) {
    setWord(NODE_ARRAYS + field, fieldOf(field) - <usize>kept * bytesOf(field));
  }
  setInt(KEPT, 0);
  setInt(NODE_ROOM, int(NODE_ROOM) + kept);
}
