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
  rows: 1000,
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
    split: { ...quiet.split, trainRows: 700, testRows: 300 },
  });
  expect(notes).toEqual([
    "The rows are synthetic",
    "1 column of the source is not in the schema and was not read: 'extra'",
    "The test part has 30 % of the rows instead of 20 %, since groups are never parted",
  ]);
});
