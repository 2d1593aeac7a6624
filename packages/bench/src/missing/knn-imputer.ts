import { SeededRandom } from "@gillnet/entity";
import type { KnnImputer } from "@gillnet/model-bundle";
import type { LabelledTable } from "../data/real-table.ts";

/** What transformation fits on a table without gaps by its defaults: three neighbours among the distinct rows. */
export function knnImputer({ x, y, cols }: LabelledTable, seed: number): KnnImputer {
  const counts = new Map<string, { readonly row: number; count: number }>();
  for (let row = 0; row < y.length; row++) {
    const key = x.subarray(row * cols, (row + 1) * cols).join();
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { row, count: 1 });
    else known.count++;
  }
  const distinct = [...counts.values()];
  const order = Int32Array.from(distinct.keys());
  new SeededRandom(seed).shuffle(order);
  const donors = new Float64Array(distinct.length * cols);
  const donorCounts = new Float64Array(distinct.length);
  const means = new Float64Array(cols);
  order.forEach((at, donor) => {
    const { row, count } = distinct[at] as { row: number; count: number };
    donors.set(x.subarray(row * cols, (row + 1) * cols), donor * cols);
    donorCounts[donor] = count;
  });
  x.forEach((cell, at) => {
    means[at % cols] = (means[at % cols] as number) + cell / y.length;
  });
  const columns = Int32Array.from(means.keys());
  return { kind: "knn", neighbors: 3, weights: "uniform", columns, donors, donorCounts, means };
}
