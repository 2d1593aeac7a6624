import { PipelineError } from "@gillnet/entity";
import type { SeededRandom } from "@gillnet/entity";

import type { DistinctRows } from "../distinct-rows.ts";
import { splitBySides } from "./split.ts";
import type { Split } from "./split.ts";

/** The rows to deal, as far as a split by group looks at them. */
export interface GroupedRows {
  /** Rows with one id never part. Ids must not depend on the order of the rows, or the split does. */
  readonly groups: DistinctRows;
  /** 0 or 1 a row. */
  readonly classes: Uint8Array;
  /** How many rows each row stands for; absent: one. */
  readonly weights?: Float64Array;
  /** What a group is, in the plural, for messages: "distinct feature vectors". */
  readonly groupNoun: string;
}

/**
 * Deals whole groups to train and test so that each class has nearly `testShare` of its weight in test.
 *
 * Groups go, larger ones first and in a seeded order among those of about one size, to the side that keeps
 * the two classes' shares closest to what was asked: the small groups at the end even out what the large ones
 * left. The idea is that of scikit-learn's StratifiedGroupKFold, for two sides of unequal size. The same
 * groups, classes, weights and stream give the same sides whatever the order of the rows.
 *
 * O(rows + groups * log groups).
 *
 * @throws PipelineError INGESTION_TOO_FEW_GROUPS when a class occurs in fewer than two groups.
 */
export function splitByGroup(rows: GroupedRows, testShare: number, random: SeededRandom): Split {
  const weights = classWeightsOfGroups(rows);
  checkGroups(weights, rows.groupNoun);

  const order = Uint32Array.from({ length: rows.groups.count }, (_, group) => group);
  random.shuffle(order);
  // The sort is stable: groups of one size class stay in their shuffled order.
  const sizes = Int32Array.from(order.keys(), (group) => sizeClass(weights, group));
  order.sort((a, b) => (sizes[b] as number) - (sizes[a] as number));

  const inTest = assignGroups(weights, order, testShare);
  repairSides(weights, order, inTest);
  return splitBySides(Uint8Array.from(rows.groups.ids, (group) => inTest[group] as number));
}

/** The weight of class c in group g, at 2 * g + c. */
function classWeightsOfGroups({ groups, classes, weights }: GroupedRows): Float64Array {
  const sums = new Float64Array(2 * groups.count);
  if (weights === undefined) {
    for (let row = 0; row < classes.length; row++) {
      const slot = 2 * (groups.ids[row] as number) + (classes[row] as number);
      sums[slot] = (sums[slot] as number) + 1;
    }
    return sums;
  }
  // In ascending order, since sums of fractions depend on it in their last bits.
  const order = Uint32Array.from(classes, (_, row) => row).sort(
    (a, b) => (weights[a] as number) - (weights[b] as number),
  );
  for (const row of order) {
    const slot = 2 * (groups.ids[row] as number) + (classes[row] as number);
    sums[slot] = (sums[slot] as number) + (weights[row] as number);
  }
  return sums;
}

function checkGroups(weights: Float64Array, groupNoun: string): void {
  for (const [cls, name] of ["negative", "positive"].entries()) {
    let groupsOfClass = 0;
    for (let slot = cls; slot < weights.length; slot += 2) {
      if ((weights[slot] as number) > 0) groupsOfClass++;
    }
    if (groupsOfClass < 2) {
      throw new PipelineError(
        "INGESTION_TOO_FEW_GROUPS",
        `The ${name} class occurs in ${groupsOfClass} of the ${groupNoun}, and train and test need at least one each`,
        {
          hint: "Add rows of this class that differ from those that are there, or declare ingestion.split.by: random",
          details: { class: name, groups: groupsOfClass, minimum: 2 },
        },
      );
    }
  }
}

/** Deals the groups greedily: 1 for each group of the test part. */
function assignGroups(weights: Float64Array, order: Uint32Array, testShare: number): Uint8Array {
  let negative = 0;
  let positive = 0;
  for (const group of order) {
    negative += weights[2 * group] as number;
    positive += weights[2 * group + 1] as number;
  }
  // How far the classes' shares of test (as filled, relative to what was asked) are ahead of those of train.
  let negativeLead = 0;
  let positiveLead = 0;
  const inTest = new Uint8Array(order.length);
  for (const group of order) {
    const negativeShare = (weights[2 * group] as number) / negative;
    const positiveShare = (weights[2 * group + 1] as number) / positive;
    const ifTest =
      (negativeLead + negativeShare / testShare) ** 2 +
      (positiveLead + positiveShare / testShare) ** 2;
    const ifTrain =
      (negativeLead - negativeShare / (1 - testShare)) ** 2 +
      (positiveLead - positiveShare / (1 - testShare)) ** 2;
    const toTest = ifTest < ifTrain;
    inTest[group] = toTest ? 1 : 0;
    negativeLead += toTest ? negativeShare / testShare : -negativeShare / (1 - testShare);
    positiveLead += toTest ? positiveShare / testShare : -positiveShare / (1 - testShare);
  }
  return inTest;
}

/**
 * Gives each side a group of each class where the greedy deal has not: where a class has two or three groups,
 * the nearest share to 20 % may be none. Moves the smallest group that will do.
 *
 * There always is one: if a side lacks a class, the other side has all of its groups, two or more, and at
 * most one of them is the only group there that holds the other class.
 */
function repairSides(weights: Float64Array, order: Uint32Array, inTest: Uint8Array): void {
  for (const side of [0, 1]) {
    for (const cls of [0, 1]) {
      if (countGroups(weights, inTest, side, cls) > 0) continue;
      const otherClass = 1 - cls;
      const otherIsScarce = countGroups(weights, inTest, 1 - side, otherClass) === 1;
      for (let i = order.length - 1; i >= 0; i--) {
        const group = order[i] as number;
        if (weights[2 * group + cls] === 0) continue;
        if (otherIsScarce && weights[2 * group + otherClass] !== 0) continue;
        inTest[group] = side;
        break;
      }
    }
  }
}

function countGroups(weights: Float64Array, inTest: Uint8Array, side: number, cls: number): number {
  let count = 0;
  for (let group = 0; group < inTest.length; group++) {
    if (inTest[group] === side && weights[2 * group + cls] !== 0) count++;
  }
  return count;
}

/** Powers of two: with the exact weights as the order, the seed would not matter where all weights differ. */
function sizeClass(weights: Float64Array, group: number): number {
  return Math.floor(Math.log2((weights[2 * group] as number) + (weights[2 * group + 1] as number)));
}
