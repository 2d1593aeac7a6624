import { PipelineError } from "@gillnet/entity";
import type { SeededRandom } from "@gillnet/entity";

import type { GroupedCells } from "../data/grouped-cells.ts";
import { ascendingOrder } from "../engine/ascending-order.ts";
import type { RowTargets } from "../engine/dtypes.ts";
import { RowKernel } from "../engine/rows/row-kernel.ts";
import { sharedF64, sharedI32, sharedU8 } from "../engine/shared-memory.ts";
import { inOrder, sortByKey } from "../engine/sort-by-key.ts";

/** Weighted, labelled distinct rows dealt to folds. In shared memory, one entry a (row, label, fold). */
export interface FoldedCells {
  readonly folds: number;
  readonly vector: Int32Array;
  readonly label: Uint8Array;
  readonly weight: Float64Array;
  readonly fold: Uint8Array;
  /** For a search on samples of the rows: see drawingOrder. */
  readonly place?: Float64Array;
}

/**
 * Deals whole groups to folds so that each fold has about the same weight of each class.
 *
 * The groups that weigh most on one class go first, equal ones in shuffled order, each to the fold that has
 * least of what the group brings: the fold with the smallest sum over classes of (the fold's share of the
 * class times the group's), which keeps the variance of the shares low. Ties go to the fold with the least
 * weight, then to the first. (The idea is that of scikit-learn's StratifiedGroupKFold.)
 *
 * @throws PipelineError TRAINER_TOO_FEW_GROUPS, TRAINER_FOLD_WITHOUT_CLASS
 */
export function groupedFolds(
  cells: GroupedCells,
  folds: number,
  random: SeededRandom,
): FoldedCells {
  const { groups, group, label, unit, copies } = cells;
  if (folds > groups) throw tooFew(folds, groups, "groups");
  const positive = new Float64Array(groups);
  const negative = new Float64Array(groups);
  for (let cell = 0; cell < group.length; cell++) {
    const side = label[cell] === 1 ? positive : negative;
    const at = group[cell] as number;
    side[at] = (side[at] as number) + (unit[cell] as number) * (copies[cell] as number);
  }
  const imbalance = new Float64Array(groups);
  let positiveTotal = 0;
  let negativeTotal = 0;
  let most = 0;
  for (let at = 0; at < groups; at++) {
    const [ofPositive, ofNegative] = [positive[at] as number, negative[at] as number];
    positiveTotal += ofPositive;
    negativeTotal += ofNegative;
    imbalance[at] = Math.abs(ofPositive - ofNegative);
    most = Math.max(most, imbalance[at] as number);
  }
  const order = inOrder(groups);
  random.shuffle(order);
  const lightness = new Float64Array(groups);
  for (let place = 0; place < groups; place++) {
    lightness[place] = most - (imbalance[order[place] as number] as number);
  }

  const lightest = ascendingOrder(lightness);
  for (let i = 0; i < groups; i++) lightest[i] = order[lightest[i] as number] as number;
  const foldOfGroup = dealGroups(
    lightest,
    [positive, negative],
    [positiveTotal, negativeTotal],
    folds,
  );

  const n = group.length;
  const dealt = { ...emptyCells(n), folds };
  for (let cell = 0; cell < n; cell++) {
    dealt.vector[cell] = cells.vector[cell] as number;
    dealt.label[cell] = label[cell] as number;
    dealt.weight[cell] = (unit[cell] as number) * (copies[cell] as number);
    dealt.fold[cell] = foldOfGroup[group[cell] as number] as number;
  }
  return checked(dealt);
}

/**
 * The fold of each group, when they are dealt in this order.
 *
 * @param weights the groups' weights of both classes; `totals` their sums
 */
function dealGroups(
  order: Int32Array,
  weights: readonly [Float64Array, Float64Array],
  totals: readonly [number, number],
  folds: number,
): Uint8Array {
  const groups = order.length;
  return RowKernel.use((kernel) => {
    const atOrder = kernel.reserve(groups * 4);
    const positive = kernel.reserve(groups * 8);
    const negative = kernel.reserve(groups * 8);
    const sums = kernel.reserve(folds * 16);
    const foldOf = kernel.reserve(groups);
    kernel.u32(atOrder, groups).set(order);
    kernel.f64(positive, groups).set(weights[0]);
    kernel.f64(negative, groups).set(weights[1]);
    kernel.f64(sums, 2 * folds).fill(0);
    kernel.run.dealGroups(atOrder, groups, positive, negative, folds, sums, ...totals, foldOf);
    return kernel.u8(foldOf, groups).slice();
  });
}

/**
 * Deals single rows to folds at random, each class evenly to within one row. Copies of a row may land in
 * several folds. A row of integer weight 3 is dealt as three rows. O(total copies * folds).
 *
 * @throws PipelineError TRAINER_TOO_FEW_GROUPS, TRAINER_FOLD_WITHOUT_CLASS
 */
export function randomFolds(cells: GroupedCells, folds: number, random: SeededRandom): FoldedCells {
  const { vector, label, unit, copies } = cells;
  // By label, then distinct row, then unit.
  let whole = true;
  for (let cell = 0; cell < unit.length && whole; cell++) whole = unit[cell] === 1;
  const byUnit = whole ? inOrder(unit.length) : ascendingOrder(unit);
  const order = sortByKey(sortByKey(byUnit, vector), label);
  const ofClass = [0, 0] as [number, number];
  for (let cell = 0; cell < vector.length; cell++) {
    ofClass[label[cell] as 0 | 1] += copies[cell] as number;
  }
  const rows = ofClass[0] + ofClass[1];
  if (folds > rows) throw tooFew(folds, rows, "rows");
  // Free places of each class in each fold; the surplus of the second class goes to the folds after those
  // that got the first's.
  const places = ofClass.map((count, side) => {
    const offset = side === 0 ? 0 : ofClass[0] % folds;
    return Array.from({ length: folds }, (_, fold) => {
      const surplus = (fold - offset + folds) % folds < count % folds ? 1 : 0;
      return Math.floor(count / folds) + surplus;
    });
  });

  let most = 0;
  for (let cell = 0; cell < copies.length; cell++) most += Math.min(copies[cell] as number, folds);
  const dealt = emptyCells(most);
  const inFold = new Float64Array(folds);
  let entries = 0;
  for (let i = 0; i < order.length; i++) {
    const cell = order[i] as number;
    const side = label[cell] as 0 | 1;
    const free = places[side] as number[];
    let lowest = folds;
    let highest = -1;
    for (let copy = 0; copy < (copies[cell] as number); copy++) {
      let at = Math.floor(random.uniform() * ofClass[side]);
      let fold = 0;
      while (at >= (free[fold] as number)) at -= free[fold++] as number;
      free[fold] = (free[fold] as number) - 1;
      ofClass[side]--;
      inFold[fold] = (inFold[fold] as number) + 1;
      lowest = Math.min(lowest, fold);
      highest = Math.max(highest, fold);
    }
    for (let fold = lowest; fold <= highest; fold++) {
      const count = inFold[fold] as number;
      if (count === 0) continue;
      inFold[fold] = 0;
      dealt.vector[entries] = vector[cell] as number;
      dealt.label[entries] = side;
      dealt.weight[entries] = count * (unit[cell] as number);
      dealt.fold[entries++] = fold;
    }
  }
  return checked({
    folds,
    vector: dealt.vector.subarray(0, entries),
    label: dealt.label.subarray(0, entries),
    weight: dealt.weight.subarray(0, entries),
    fold: dealt.fold.subarray(0, entries),
  });
}

/**
 * Per distinct row, the weights that one fold holds out, or those that it trains on.
 *
 * @param share of the rows that take part, as drawn by drawingOrder; 1 is all
 */
export function foldTargets(
  cells: FoldedCells,
  nVectors: number,
  fold: number,
  side: "heldOut" | "training",
  share: number = 1,
): RowTargets {
  const place = share < 1 ? cells.place : undefined;
  const sum = new Float64Array(nVectors);
  const weight = new Float64Array(nVectors);
  const { vector, label, fold: foldOf, weight: weightOf } = cells;
  const isHeldOut = side === "heldOut";
  for (let cell = 0; cell < vector.length; cell++) {
    if ((foldOf[cell] === fold) !== isHeldOut) continue;
    if (place !== undefined && (place[cell] as number) >= share) continue;
    const row = vector[cell] as number;
    const w = weightOf[cell] as number;
    weight[row] = (weight[row] as number) + w;
    if (label[cell] === 1) sum[row] = (sum[row] as number) + w;
  }
  return { sum, weight };
}

function emptyCells(n: number): Omit<FoldedCells, "folds"> {
  return { vector: sharedI32(n), label: sharedU8(n), weight: sharedF64(n), fold: sharedU8(n) };
}

function checked(cells: FoldedCells): FoldedCells {
  const seen = new Uint8Array(2 * cells.folds);
  for (let cell = 0; cell < cells.fold.length; cell++) {
    seen[2 * (cells.fold[cell] as number) + (cells.label[cell] as number)] = 1;
  }
  const lacking = seen.indexOf(0);
  if (lacking < 0) return cells;
  throw new PipelineError(
    "TRAINER_FOLD_WITHOUT_CLASS",
    `Of ${cells.folds} folds, fold ${(lacking >> 1) + 1} has no ${lacking % 2 === 1 ? "positive" : "negative"} row: the class is in too few groups`,
    {
      hint: "Lower trainer.folds, or bring more rows of that class",
      details: { folds: cells.folds },
    },
  );
}

function tooFew(folds: number, available: number, what: string): PipelineError {
  return new PipelineError(
    "TRAINER_TOO_FEW_GROUPS",
    `Cross-validation needs at least as many ${what} as folds: ${available} ${what}, ${folds} folds`,
    { hint: "Lower trainer.folds, or bring more rows", details: { folds, available } },
  );
}
