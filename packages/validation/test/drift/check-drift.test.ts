import { checkDrift } from "../../src/drift/check-drift.ts";
import type { ColumnDrift } from "../../src/drift/judge-drift.ts";
import { PARAMS } from "../params.ts";

function drifted(column: string, effect: number): ColumnDrift {
  const test = { name: "chi_squared", statistic: 9, pValue: 0, effect, pooledValues: 0 } as const;
  return { column, test, adjustedPValue: 0, drifted: true };
}

test("one finding for all columns, the most changed first", () => {
  const columns = [0.1, 0.3, 0.2, 0.15, 0.12, 0.11, 0.14].map((effect, i) =>
    drifted(`x${i}`, effect),
  );
  expect(checkDrift(columns, PARAMS.drift)).toEqual([
    {
      severity: "warning",
      code: "DRIFTED_COLUMNS",
      message:
        "7 of 7 columns are distributed otherwise in test than in train, more than chance would have it: 'x1' (by 30 %), 'x2' (by 20 %), 'x3' (by 15 %), 'x6' (by 14 %), 'x4' (by 12 %) and 2 more",
    },
  ]);
});

test("nothing to say of columns that have not drifted", () => {
  const alike = { ...drifted("x", 0.3), drifted: false };
  expect(checkDrift([alike], PARAMS.drift)).toEqual([]);
});
