import { findBrokenRules } from "../src/broken-rules.ts";
import { describeBrokenRule } from "../src/describe-broken-rule.ts";
import { categorical, ingestedPart, numeric } from "./ingested-part.ts";

const PARTS = [
  ingestedPart(
    [0, 1, 0],
    [
      numeric("state", [1, 7, null]),
      numeric("age", [-1, 10, 200]),
      categorical("city", ["Rom", null, "Ulm"]),
    ],
    { firstSourceRow: 11 },
  ),
  ingestedPart(
    [1, 0],
    [numeric("state", [0, 7]), numeric("age", [null, 130]), categorical("city", ["Ulm", "Oslo"])],
    { firstSourceRow: 4 },
  ),
];

test("finds every cell that the schema does not allow, by source row; missing cells are allowed", () => {
  const broken = findBrokenRules(
    [
      { kind: "numeric", name: "state", values: [-1, 0, 1] },
      { kind: "numeric", name: "age", minimum: 0, maximum: 120 },
      { kind: "categorical", name: "city", values: ["Ulm", "Oslo"] },
    ],
    PARTS,
  );
  expect(broken).toEqual([
    {
      code: "VALUE_NOT_ALLOWED",
      column: "state",
      allowed: "-1, 0, 1",
      cells: [
        { sourceRow: 5, value: "7" },
        { sourceRow: 12, value: "7" },
      ],
    },
    {
      code: "OUT_OF_RANGE",
      column: "age",
      allowed: "0 to 120",
      cells: [
        { sourceRow: 5, value: "130" },
        { sourceRow: 11, value: "-1" },
        { sourceRow: 13, value: "200" },
      ],
    },
    {
      code: "VALUE_NOT_ALLOWED",
      column: "city",
      allowed: "Ulm, Oslo",
      cells: [{ sourceRow: 11, value: "Rom" }],
    },
  ]);
});

test("bounds are inclusive, and one alone will do", () => {
  const rulesOf = (bounds: { minimum?: number; maximum?: number }) =>
    findBrokenRules([{ kind: "numeric", name: "age", ...bounds }], PARTS).map(
      ({ allowed, cells }) => [allowed, cells.map(({ value }) => value)],
    );
  expect(rulesOf({ minimum: 130 })).toEqual([["at least 130", ["-1", "10"]]]);
  expect(rulesOf({ maximum: 10 })).toEqual([["at most 10", ["130", "200"]]]);
  expect(rulesOf({ minimum: -1, maximum: 200 })).toEqual([]);
  expect(rulesOf({})).toEqual([]);
});

test("a rule's finding says how many rows, which values and what is allowed", () => {
  const cells = [9, 9, 5, 1, 2, 3, 4].map((value, i) => ({ sourceRow: i + 1, value: `${value}` }));
  expect(
    describeBrokenRule({ code: "VALUE_NOT_ALLOWED", column: "state", allowed: "-1, 1", cells }),
  ).toEqual({
    severity: "error",
    code: "VALUE_NOT_ALLOWED",
    message: "7 rows have 9 (2 times), 5, 1, 2, 3 and 1 other value in 'state'; allowed: -1, 1",
    column: "state",
    count: 7,
    exampleRows: [1, 2, 3, 4, 5],
  });
  const [cell] = cells;
  if (cell === undefined) throw new Error("no cell");
  expect(
    describeBrokenRule({ code: "OUT_OF_RANGE", column: "age", allowed: "0 to 8", cells: [cell] })
      .message,
  ).toBe("1 row has 9 in 'age'; allowed: 0 to 8");
  expect(
    describeBrokenRule({
      code: "OUT_OF_RANGE",
      column: "age",
      allowed: "0 to 8",
      cells: [cell, { ...cell, sourceRow: 2 }],
    }).message,
  ).toBe("2 rows have 9 in 'age'; allowed: 0 to 8");
});
