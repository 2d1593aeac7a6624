import type { RowMajorF64 } from "@gillnet/entity";
import type { IngestedPart } from "@gillnet/table";
import { orderRows } from "./row-order.ts";

/** A part's rows in canonical order: by features, then label, then weight, then source row. */
export interface OrderedPart {
  /** Encoded inputs, NaN where missing. */
  readonly inputs: RowMajorF64;
  readonly classes: Uint8Array;
  readonly weights: Float64Array;
  /** One line a row of `inputs`: source row, group id, weight. */
  readonly provenance: RowMajorF64;
}

/**
 * Brings a part into an order that its content alone determines, so that nothing downstream can depend
 * on the order of the source. Copies.
 *
 * @param encoded the part's inputs, rows as in `part`.
 */
export function orderPart(part: IngestedPart, encoded: RowMajorF64): OrderedPart {
  const { rows: count, cols } = encoded;
  const columns = Array.from({ length: cols }, (_, column) => column);
  const order = orderRows(encoded, columns, [part.classes, part.weights, part.sourceRows]);

  const inputs = new Float64Array(count * cols);
  const classes = new Uint8Array(count);
  const weights = new Float64Array(count);
  const provenance = new Float64Array(count * 3);
  for (let at = 0; at < count; at++) {
    const row = order[at] as number;
    inputs.set(encoded.data.subarray(row * cols, (row + 1) * cols), at * cols);
    classes[at] = part.classes[row] as number;
    weights[at] = part.weights[row] as number;
    provenance[at * 3] = part.sourceRows[row] as number;
    provenance[at * 3 + 1] = part.groups[row] as number;
    provenance[at * 3 + 2] = part.weights[row] as number;
  }
  return {
    inputs: { data: inputs, rows: count, cols },
    classes,
    weights,
    provenance: { data: provenance, rows: count, cols: 3 },
  };
}
