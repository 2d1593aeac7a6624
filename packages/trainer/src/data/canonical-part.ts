import type { RowMajorF64 } from "@gillnet/entity";
import type { InputFeature } from "@gillnet/model-bundle";

import type { RowTargets } from "../engine/dtypes.ts";
import { sharedF64 } from "../engine/shared-memory.ts";
import { distinctRows } from "./distinct-rows.ts";
import { groupedCells } from "./grouped-cells.ts";
import type { GroupedCells } from "./grouped-cells.ts";
import { labelledRows } from "./labelled-rows.ts";
import type { LabelledRows } from "./labelled-rows.ts";

/** The training or the test part as distinct weighted rows: the same in whatever order its rows come. */
export interface CanonicalPart {
  /** Distinct rows, in an order that hangs on their content alone. */
  readonly x: RowMajorF64;
  /** For each row of the part, its distinct row. (This alone follows the order of the rows.) */
  readonly indexOf: Int32Array;
  readonly cells: GroupedCells;
  /** Weights of all and of the positive rows, per distinct row. In shared memory. */
  readonly targets: RowTargets;
}

/**
 * Checks a part and brings it into canonical form. Arguments and errors as in labelledRows. O(cells).
 */
export function canonicalPart(
  matrix: RowMajorF64,
  rows: RowMajorF64,
  features: readonly InputFeature[],
  part: string,
): CanonicalPart {
  return canonicalRows(labelledRows(matrix, rows, features, part));
}

/** Brings checked rows into canonical form. O(cells). */
export function canonicalRows(labelled: LabelledRows): CanonicalPart {
  const { x, indexOf } = distinctRows(labelled.x, labelled.cols);
  const cells = groupedCells(labelled, indexOf);
  const sum = sharedF64(x.rows);
  const weight = sharedF64(x.rows);
  for (let cell = 0; cell < cells.vector.length; cell++) {
    const row = cells.vector[cell] as number;
    const w = (cells.unit[cell] as number) * (cells.copies[cell] as number);
    weight[row] = (weight[row] as number) + w;
    if (cells.label[cell] === 1) sum[row] = (sum[row] as number) + w;
  }
  return { x, indexOf, cells, targets: { sum, weight } };
}
