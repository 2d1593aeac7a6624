import type { SplitDescription } from "@gillnet/entity";
import type { ReadTable } from "@gillnet/table";

import type { Repetition } from "./repetition.ts";
import type { ResolvedSource } from "./sources/source.ts";
import { countOf, listOf, percent } from "./wording.ts";

/** What the notes are made from. */
export interface NoteInputs {
  readonly source: ResolvedSource;
  readonly unknownColumns: ReadTable["unknownColumns"];
  /** Names of columns that the schema ignores. */
  readonly ignored: readonly string[];
  readonly rejectedRows: number;
  readonly rows: number;
  readonly repetition: Repetition;
  readonly split: SplitDescription;
}

/** A test part that is further from its share than this is worth a word. */
const SHARE_TOLERANCE = 0.02;

/** Sentences for people: what was noticed and is no error, the most important first. */
export function writeNotes(inputs: NoteInputs): string[] {
  const { source, rejectedRows, rows, repetition, split } = inputs;
  const notes = [...source.notes];

  if (rejectedRows > 0) {
    notes.push(
      `${countOf(rejectedRows, "row")} of ${(rows + rejectedRows).toLocaleString("en-US")} could not be used and ${rejectedRows === 1 ? "is" : "are"} listed in rejected/rows.csv`,
    );
  }
  const ignored = new Set(inputs.ignored.map((name) => name.toLowerCase()));
  const unknown = inputs.unknownColumns.filter((name) => !ignored.has(name.toLowerCase()));
  if (unknown.length > 0) {
    notes.push(
      `${countOf(unknown.length, "column")} of the source ${unknown.length === 1 ? "is" : "are"} not in the schema and ${unknown.length === 1 ? "was" : "were"} not read: ${listOf(unknown)}`,
    );
  }
  if (repetition.duplicateRows > 0) {
    const kept =
      split.by === "random"
        ? `${countOf(split.leakedTestRows, "row")} of the test part (${percent(split.leakedTestRows / split.testRows)}) stand in the training part too, so figures on the test part flatter`
        : "the split keeps equal vectors on one side";
    notes.push(
      `${repetition.duplicateRows.toLocaleString("en-US")} of ${countOf(rows, "row")} repeat an earlier row; ${kept}`,
    );
  }
  if (repetition.conflictingRows > 0) {
    notes.push(
      `${countOf(repetition.conflictingVectors, "feature vector")} (${countOf(repetition.conflictingRows, "row")}) occur${repetition.conflictingVectors === 1 ? "s" : ""} with both labels; no model of these features can be right on more than ${percent(1 - repetition.unavoidableErrors / rows)} of all rows`,
    );
  }
  const share = split.testRows / rows;
  if (Math.abs(share - split.testShare) > SHARE_TOLERANCE) {
    notes.push(
      `The test part has ${percent(share)} of the rows instead of ${percent(split.testShare)}, since groups are never parted`,
    );
  }
  return notes;
}
