import { listOf, PipelineError } from "@gillnet/entity";
import type { InputFeature } from "@gillnet/model-bundle";

import type { RowMajorNumbers } from "../engine/dtypes.ts";

/**
 * Refuses training rows of which none has a value in some column: no model could learn what the column says, and
 * every prediction would pass over what it is given there. A column that is missing in one fold alone is no fault.
 *
 * @param x the whole training part; missing is NaN. O(cells) at most
 * @throws PipelineError TRAINER_EMPTY_COLUMN
 */
export function refuseEmptyColumns(x: RowMajorNumbers, features: readonly InputFeature[]): void {
  const empty = features.filter((_, column) => isEmpty(x, column)).map(({ name }) => name);
  if (empty.length === 0) return;
  throw new PipelineError(
    "TRAINER_EMPTY_COLUMN",
    `No row of the training part has a value in ${listOf(empty)}`,
    {
      hint: "List the column under ignored in the schema, or find out why its values are gone",
      details: { columns: empty.length },
    },
  );
}

function isEmpty({ data, cols }: RowMajorNumbers, column: number): boolean {
  for (let at = column; at < data.length; at += cols) {
    if (!Number.isNaN(data[at])) return false;
  }
  return true;
}
