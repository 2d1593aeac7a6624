import { PipelineError } from "@gillnet/entity";
import type { SeededRandom } from "@gillnet/entity";

import type { DistinctRows } from "../distinct-rows.ts";
import { splitBySides } from "./split.ts";
import type { Split } from "./split.ts";

/** The rows to deal, as far as a random split looks at them. */
export interface LabelledRows {
  /** Which rows are equal in every column; ids must not depend on the order of the rows, or the split does. */
  readonly rows: DistinctRows;
  /** 0 or 1 a row. */
  readonly classes: Uint8Array;
}

/**
 * Deals single rows to train and test: of each class `testShare` of its rows, rounded, at least one to each
 * side. Copies of a row may land on both sides, so test figures flatter on tables that repeat themselves.
 *
 * The same rows and stream give the same sides whatever the order of the rows. O(rows * log rows).
 *
 * @throws PipelineError INGESTION_TOO_FEW_GROUPS when a class has fewer than two rows.
 */
export function splitAtRandom(
  { rows, classes }: LabelledRows,
  testShare: number,
  random: SeededRandom,
): Split {
  const inTest = new Uint8Array(classes.length);
  for (const [cls, name] of ["negative", "positive"].entries()) {
    const members = Uint32Array.from(classes.keys())
      .filter((row) => classes[row] === cls)
      .sort((a, b) => (rows.ids[a] as number) - (rows.ids[b] as number));
    if (members.length < 2) {
      throw new PipelineError(
        "INGESTION_TOO_FEW_GROUPS",
        `The ${name} class has ${members.length} row, and train and test need at least one each`,
        {
          hint: "Add rows of this class",
          details: { class: name, rows: members.length, minimum: 2 },
        },
      );
    }
    random.shuffle(members);
    const testRows = Math.round(members.length * testShare);
    const kept = Math.min(Math.max(testRows, 1), members.length - 1);
    for (let i = 0; i < kept; i++) inTest[members[i] as number] = 1;
  }
  return splitBySides(inTest);
}
