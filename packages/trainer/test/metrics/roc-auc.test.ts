import * as fc from "fast-check";

import { rocAuc } from "../../src/metrics/roc-auc.ts";
import { targetsOf } from "../random-table.ts";

test("counts the pairs in the right order, ties as half, by weight", () => {
  const row = fc.tuple(
    fc.constantFrom(0, 0.25, 0.5, 0.75),
    fc.constantFrom(0, 1),
    fc.integer({ min: 1, max: 3 }),
  );
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 25 }), (rows) => {
      let pairs = 0;
      let right = 0;
      for (const [p, y, w] of rows) {
        for (const [q, z, v] of rows) {
          if (y !== 1 || z !== 0) continue;
          pairs += w * v;
          right += w * v * (p > q ? 1 : p === q ? 0.5 : 0);
        }
      }
      const targets = targetsOf(
        rows.map((r) => r[1]),
        rows.map((r) => r[2]),
      );
      const auc = rocAuc(
        Float64Array.from(rows, (r) => r[0]),
        targets,
      );
      if (pairs === 0) expect(auc).toBeNaN();
      else expect(auc).toBeCloseTo(right / pairs, 12);
    }),
  );
});
