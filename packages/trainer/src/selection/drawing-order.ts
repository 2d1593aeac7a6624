import { PipelineError } from "@gillnet/entity";
import type { SeededRandom } from "@gillnet/entity";

import { sharedF64 } from "../engine/shared-memory.ts";
import type { FoldedCells } from "./folds.ts";

/** Groups of rows a fold and class that the smallest sample must have on average, as in scikit-learn. */
const GROUPS_A_FOLD_AND_CLASS = 2;

/**
 * Puts whole groups in the order in which samples of the rows draw them, at random within each fold and each
 * class (that of most of the group's weight). A sample of share s has the groups that stand below s: about that
 * share of each fold's rows of each class, and at least one group of each. Smaller samples are part of larger ones.
 *
 * @param groupOf the group of each cell, from 0
 * @returns for each cell, the share of its fold's and class's weight that is drawn before its group; in shared memory
 */
export function drawingOrder(
  cells: FoldedCells,
  groupOf: Int32Array,
  random: SeededRandom,
): Float64Array {
  const groups = groupOf.reduce((most, group) => Math.max(most, group), -1) + 1;
  const place = sharedF64(groupOf.length);
  for (let fold = 0; fold < cells.folds; fold++) {
    const weight = new Float64Array(groups);
    const balance = new Float64Array(groups);
    const eachCell = (visit: (cell: number, group: number) => void): void => {
      for (let cell = 0; cell < groupOf.length; cell++) {
        if (cells.fold[cell] === fold) visit(cell, groupOf[cell] as number);
      }
    };
    eachCell((cell, group) => {
      const w = cells.weight[cell] as number;
      weight[group] = (weight[group] as number) + w;
      balance[group] = (balance[group] as number) + (cells.label[cell] === 1 ? w : -w);
    });
    const order = Int32Array.from(weight.keys()).filter((group) => (weight[group] as number) > 0);
    random.fork(fold).shuffle(order);
    const placeOf = new Float64Array(groups);
    for (const mostlyPositive of [true, false]) {
      const ofClass = order.filter((group) => (balance[group] as number) > 0 === mostlyPositive);
      const total = ofClass.reduce((sum, group) => sum + (weight[group] as number), 0);
      let before = 0;
      for (const group of ofClass) {
        placeOf[group] = before / total;
        before += weight[group] as number;
      }
    }
    eachCell((cell, group) => (place[cell] = placeOf[group] as number));
  }
  return place;
}

/**
 * Checks that a sample of share `share` is enough to score candidates on.
 *
 * @throws PipelineError TRAINER_SAMPLE_TOO_SMALL
 */
export function checkSample(
  cells: FoldedCells,
  groupOf: Int32Array,
  place: Float64Array,
  share: number,
): void {
  const { folds } = cells;
  const drawn = new Set<number>();
  const seen = new Uint8Array(2 * folds);
  for (let cell = 0; cell < place.length; cell++) {
    if ((place[cell] as number) >= share) continue;
    const fold = cells.fold[cell] as number;
    drawn.add((groupOf[cell] as number) * folds + fold);
    seen[2 * fold + (cells.label[cell] as number)] = 1;
  }
  const needed = 2 * GROUPS_A_FOLD_AND_CLASS * folds;
  if (drawn.size >= needed && !seen.includes(0)) return;
  const fault =
    drawn.size < needed
      ? `has ${drawn.size} groups of rows for ${folds} folds, needs at least ${needed}`
      : "has a fold without one of the classes";
  throw new PipelineError(
    "TRAINER_SAMPLE_TOO_SMALL",
    `The first round of halving, on 1/${Math.round(1 / share)} of the rows, ${fault}`,
    {
      hint: "Lower trainer.search.candidates, so that there are fewer rounds, or take trainer.search.kind random",
      details: { share, groups: drawn.size, needed },
    },
  );
}
