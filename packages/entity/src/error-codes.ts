/** One row of a package's table of error codes: its meaning and the remedy, as docs/errors.md shows them. */
export interface ErrorCodeEntry {
  readonly meaning: string;
  readonly remedy: string;
}

/** A package's table of error codes. Keys are the codes, in alphabetical order. */
export type ErrorCodeTable = Readonly<Record<string, ErrorCodeEntry>>;
