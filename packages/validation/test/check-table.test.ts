import type { IngestionArtifact } from "@gillnet/entity";
import { checkTable } from "../src/check-table.ts";
import { ingestedPart } from "./ingested-part.ts";
import { ingestionArtifact } from "./ingestion-artifact.ts";
import { PARAMS } from "./params.ts";

const half = (n: number) => Array.from({ length: n }, (_, row): 0 | 1 => (row % 2 === 0 ? 0 : 1));
const partsOf = (train: readonly (0 | 1)[], test: readonly (0 | 1)[]) => [
  ingestedPart(train, []),
  ingestedPart(test, []),
];

function check(
  artifact: Partial<IngestionArtifact>,
  parts = partsOf(half(80), half(20)),
  params: Partial<typeof PARAMS> = {},
) {
  return checkTable(ingestionArtifact(artifact), parts, { ...PARAMS, ...params });
}

test("an ordinary table is not worth a word", () => {
  expect(check({})).toEqual([]);
});

test("too few rows, in all or of a class, are errors", () => {
  const parts = partsOf([0, 0, 0, 0, 0, 0, 0, 1], [0, 1]);
  expect(check({}, parts).map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
    "error: The table has 10 rows; at least 50 are needed",
    "error: 8 ham rows of 10 are too few; at least 10 are needed",
    "error: 2 spam rows of 10 are too few; at least 10 are needed",
  ]);
  expect(check({}, parts, { minimum_rows: 10, minimum_class_rows: 2 })).toEqual([]);
});

test("weights count as rows", () => {
  const parts = [
    ingestedPart([0, 1], [], { weights: [40, 40] }),
    ingestedPart([0, 1], [], { weights: [10, 10] }),
  ];
  expect(check({}, parts)).toEqual([]);
});

test("a part without one of the classes is an error", () => {
  const found = check({}, partsOf([...half(80)], [0, 0, 0]));
  expect(found).toEqual([
    { severity: "error", code: "ONE_CLASS", message: "The test part has no spam row", count: 0 },
  ]);
});

test("a rare class is a warning", () => {
  const classes = Array.from({ length: 1000 }, (_, row): 0 | 1 => (row % 40 === 0 ? 1 : 0));
  expect(check({}, partsOf(classes, half(10)))).toEqual([
    {
      severity: "warning",
      code: "CLASS_IMBALANCE",
      message: "Only 2.97 % of the rows are spam: a model that never says so is right on 97.03 %",
      count: 30,
    },
  ]);
});

test("rejected rows are a warning that says where they are", () => {
  const files = { ...ingestionArtifact({}).files, rejected: "rejected/rows.csv" };
  expect(check({ rows: 100, rejectedRows: 3, files })).toEqual([
    {
      severity: "warning",
      code: "REJECTED_ROWS",
      message:
        "3 rows of the source (2.91 %) could not be used and were set aside; ingestion's rejected/rows.csv holds them",
      count: 3,
    },
  ]);
});

test("copies are a note, and a warning too where the split parts them", () => {
  const { split } = ingestionArtifact({});
  expect(check({ duplicateRows: 40 })).toEqual([
    {
      severity: "note",
      code: "DUPLICATE_ROWS",
      message:
        "40 of 100 rows repeat an earlier one, label included; the split keeps copies together",
      count: 40,
    },
  ]);
  const random = check({ duplicateRows: 40, split: { ...split, by: "random", leakedTestRows: 9 } });
  expect(random.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
    "warning: 9 of 20 test rows have the features of a training row: test scores flatter",
    "note: 40 of 100 rows repeat an earlier one, label included; a split at random parts the copies",
  ]);
});

test("conflicting labels are a note with the bound that they set", () => {
  // Groups 0 to 39 twice in training, with both classes: one of each two is wrong.
  const groups = Array.from({ length: 80 }, (_, row) => row >> 1);
  const parts = [
    ingestedPart(half(80), [], { groups }),
    ingestedPart(half(20), [], { groups: groups.slice(0, 20).map((group) => 1000 + 2 * group) }),
  ];
  const found = check({ conflictingRows: 100 }, parts);
  expect(found).toEqual([
    {
      severity: "note",
      code: "LABEL_CONFLICTS",
      message:
        "100 rows have the same features as rows of the other class: no model can be right on more than 50 %",
      count: 100,
    },
  ]);
  const { split } = ingestionArtifact({});
  expect(check({ conflictingRows: 100, split: { ...split, by: "group" } }, parts)[0]?.message).toBe(
    "100 rows have the same features as rows of the other class",
  );
});
