import { SeededRandom } from "@gillnet/entity";

import { numberDistinctRows } from "../../src/distinct-rows.ts";
import { groupRows } from "../../src/split/group-rows.ts";
import { categorical, numeric } from "../tables.ts";

test("joins rows by vector and by group value, through other rows too", () => {
  const vectors = numberDistinctRows([numeric("v", [5, 1, 2, 2, 3, 4, 1])], 7);
  const hosts = categorical("host", ["x", "a", "a", "b", null, null, null]);
  const { ids, count } = groupRows(vectors, hosts);
  // Vectors 1 and 2 share host a, a copy of 2 has host b: one group. Rows without a host stay apart.
  expect([...ids]).toEqual([3, 0, 0, 0, 1, 2, 0]);
  expect(count).toBe(4);
});

test("agrees with a search through the graph, for numeric group columns too", () => {
  const random = new SeededRandom(3);
  for (let trial = 0; trial < 30; trial++) {
    const rowCount = 1 + random.integer(60);
    const draw = (bound: number): number[] =>
      Array.from({ length: rowCount }, () => random.integer(bound));
    const v = draw(40);
    const g = draw(40).map((value) => (value < 10 ? Number.NaN : value));
    const { ids, count } = groupRows(
      numberDistinctRows([numeric("v", v)], rowCount),
      numeric("g", g),
    );

    // The naive way: spread each row's label to its neighbours until nothing changes.
    const labels = v.slice();
    for (let changed = true; changed;) {
      changed = false;
      for (let a = 0; a < rowCount; a++) {
        for (let b = 0; b < rowCount; b++) {
          if (v[a] !== v[b] && g[a] !== g[b]) continue;
          if ((labels[a] as number) > (labels[b] as number)) {
            labels[a] = labels[b] as number;
            changed = true;
          }
        }
      }
    }
    const order = [...new Set(labels)].sort((a, b) => a - b);
    expect([...ids]).toEqual(labels.map((label) => order.indexOf(label)));
    expect(count).toBe(order.length);
  }
});
