import { countOf, listOf, percent } from "@gillnet/entity";
import type { SplitDescription } from "@gillnet/entity";
import type { ReadTable } from "@gillnet/table";

import type { ResolvedSource } from "./sources/source.ts";

/** What the notes are made from. */
export interface NoteInputs {
  readonly source: ResolvedSource;
  readonly unknownColumns: ReadTable["unknownColumns"];
  /** Names of columns that the schema ignores. */
  readonly ignored: readonly string[];
  readonly rows: number;
  readonly split: SplitDescription;
}

/** A test part that is further from its share than this is worth a word. */
const SHARE_TOLERANCE = 0.02;

/**
 * Sentences for people about how the rows came in, the source's own first. What the rows themselves are
 * like (copies, conflicts, rejected ones) is for validation to say.
 */
export function writeNotes(inputs: NoteInputs): string[] {
  const { source, rows, split } = inputs;
  const notes = [...source.notes];

  const ignored = new Set(inputs.ignored.map((name) => name.toLowerCase()));
  const unknown = inputs.unknownColumns.filter((name) => !ignored.has(name.toLowerCase()));
  if (unknown.length > 0) {
    notes.push(
      `${countOf(unknown.length, "column")} of the source ${unknown.length === 1 ? "is" : "are"} not in the schema and ${unknown.length === 1 ? "was" : "were"} not read: ${listOf(unknown)}`,
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
