import type { SplitDescription, Table } from "@gillnet/entity";
import type { IngestedPart } from "@gillnet/table";

/** One part as the two-sample tests see it: independent observations, one vote each. */
export interface IndependentSample {
  readonly table: Table;
  /** The rows that vote. */
  readonly rows: Int32Array;
  /** The vote of each of `rows`, above 0 and at most 1. */
  readonly votes: Float64Array;
  /** Sum of the votes: how many observations there are. */
  readonly size: number;
}

/**
 * Gives one vote to whatever the split dealt as one, because only that is independent: rows counted one by
 * one make copies of a row look like evidence.
 *
 * Split by vector: a vector, however many rows have it (and whatever their weights). By group: a group, its
 * vote shared by its rows as their weights say; votes so shared vary less than undivided ones would, hence
 * the tests alarm too seldom rather than too often. At random: a row. O(rows).
 */
export function independentSample(
  part: IngestedPart,
  by: SplitDescription["by"],
): IndependentSample {
  const { table, groups, weights } = part;
  const { rowCount } = table;
  if (by === "random") {
    const rows = Int32Array.from({ length: rowCount }, (_, row) => row);
    return { table, rows, votes: new Float64Array(rowCount).fill(1), size: rowCount };
  }
  const totals = new Map<number, number>();
  const firsts: number[] = [];
  for (let row = 0; row < rowCount; row++) {
    const group = groups[row] as number;
    const total = totals.get(group);
    if (total === undefined) firsts.push(row);
    totals.set(group, (total ?? 0) + (weights[row] as number));
  }
  const size = firsts.length;
  if (by === "vector") {
    return { table, rows: Int32Array.from(firsts), votes: new Float64Array(size).fill(1), size };
  }
  return {
    table,
    rows: Int32Array.from({ length: rowCount }, (_, row) => row),
    votes: weights.map((weight, row) => weight / (totals.get(groups[row] as number) as number)),
    size,
  };
}
