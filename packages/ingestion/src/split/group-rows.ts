import type { Column } from "@gillnet/entity";

import { numberDistinctRows } from "../distinct-rows.ts";
import type { DistinctRows } from "../distinct-rows.ts";

/**
 * Joins rows that share their vector, or a value of the group column, directly or through other rows
 * (a row without a group value is held by its vector alone).
 *
 * Ids follow the order of each group's smallest vector id, so they do not depend on the order of the rows.
 */
export function groupRows(vectors: DistinctRows, groupColumn: Column): DistinctRows {
  const rowCount = vectors.ids.length;
  const values = numberDistinctRows([groupColumn], rowCount);

  // Vectors are nodes 0 to vectors.count - 1, group values the nodes after them.
  const parent = Int32Array.from({ length: vectors.count + values.count }, (_, node) => node);
  const find = (node: number): number => {
    let root = node;
    while (parent[root] !== root) root = parent[root] as number;
    for (let at = node; at !== root;) {
      const next = parent[at] as number;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  for (let row = 0; row < rowCount; row++) {
    if (isMissing(groupColumn, row)) continue;
    const a = find(vectors.ids[row] as number);
    const b = find(vectors.count + (values.ids[row] as number));
    // The smaller node becomes the root: a group's root is its smallest vector.
    if (a < b) parent[b] = a;
    else parent[a] = b;
  }

  const groupOfVector = new Int32Array(vectors.count);
  let count = 0;
  for (let vector = 0; vector < vectors.count; vector++) {
    const root = find(vector);
    groupOfVector[vector] = root === vector ? count++ : (groupOfVector[root] as number);
  }
  return { ids: vectors.ids.map((vector) => groupOfVector[vector] as number), count };
}

function isMissing(column: Column, row: number): boolean {
  return column.kind === "numeric"
    ? Number.isNaN(column.values[row])
    : (column.codes[row] as number) < 0;
}
