import { writeNotes } from "../src/notes.ts";
import type { NoteInputs } from "../src/notes.ts";
import type { ResolvedSource } from "../src/sources/source.ts";

const source: ResolvedSource = {
  description: { kind: "csv", name: "rows.csv", synthetic: false },
  content: { format: "csv", path: "/rows.csv", matchCase: true, rename: {} },
  inputHash: "",
  notes: [],
};
const quiet: NoteInputs = {
  source,
  unknownColumns: [],
  ignored: [],
  rejectedRows: 0,
  rows: 1000,
  repetition: {
    distinctVectors: 1000,
    duplicateRows: 0,
    conflictingVectors: 0,
    conflictingRows: 0,
    unavoidableErrors: 0,
  },
  split: {
    by: "vector",
    testShare: 0.2,
    trainRows: 800,
    testRows: 200,
    trainGroups: 800,
    testGroups: 200,
    leakedTestRows: 0,
  },
};

test("a clean table has no notes", () => {
  expect(writeNotes(quiet)).toEqual([]);
});

test("everything noticed is a sentence, the source's own first", () => {
  const notes = writeNotes({
    ...quiet,
    source: { ...source, notes: ["The rows are synthetic"] },
    unknownColumns: ["extra", "known"],
    ignored: ["known"],
    rejectedRows: 1,
    repetition: {
      distinctVectors: 700,
      duplicateRows: 290,
      conflictingVectors: 2,
      conflictingRows: 9,
      unavoidableErrors: 4,
    },
    split: { ...quiet.split, trainRows: 700, testRows: 300 },
  });
  expect(notes).toEqual([
    "The rows are synthetic",
    "1 row of 1,001 could not be used and is listed in rejected/rows.csv",
    "1 column of the source is not in the schema and was not read: 'extra'",
    "290 of 1,000 rows repeat an earlier row; the split keeps equal vectors on one side",
    "2 feature vectors (9 rows) occur with both labels; no model of these features can be right on more than 99.6 % of all rows",
    "The test part has 30 % of the rows instead of 20 %, since groups are never parted",
  ]);
});

test("a random split says how many test rows it leaks", () => {
  const notes = writeNotes({
    ...quiet,
    repetition: { ...quiet.repetition, duplicateRows: 5206 },
    split: { ...quiet.split, by: "random", leakedTestRows: 130 },
  });
  expect(notes).toEqual([
    "5,206 of 1,000 rows repeat an earlier row; 130 rows of the test part (65 %) stand in the training part too, so figures on the test part flatter",
  ]);
});
