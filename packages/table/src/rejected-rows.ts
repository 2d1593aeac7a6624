import type { FileHandle } from "node:fs/promises";
import { csvText } from "./csv-text.ts";
import { openToWrite, unwritable } from "./open-file.ts";
import type { RejectedRow } from "./read-table.ts";

const MAX_VALUE_LENGTH = 1000;
const MAX_EXAMPLES = 10;

/** Counts the rejected rows, keeps the first ten, and writes all of them to a CSV file when given a path. */
export class RejectedRows {
  count = 0;
  readonly examples: RejectedRow[] = [];
  readonly #path: string | undefined;
  #file: FileHandle | undefined;
  #pending: string[] = [];

  constructor(path: string | undefined) {
    this.#path = path;
  }

  add(row: RejectedRow): void {
    this.count++;
    const value =
      row.value !== null && row.value.length > MAX_VALUE_LENGTH
        ? `${row.value.slice(0, MAX_VALUE_LENGTH)}…`
        : row.value;
    if (this.examples.length < MAX_EXAMPLES) this.examples.push({ ...row, value });
    if (this.#path === undefined) return;
    const place = row.document === undefined ? String(row.line ?? "") : `_id ${row.document}`;
    const cells = [String(row.sourceRow), place, row.column, value, row.reason];
    this.#pending.push(`${cells.map((cell) => csvText(cell ?? "")).join(",")}\n`);
  }

  /** Writes what was added since the last call. Throws TABLE_FILE_UNWRITABLE. */
  async flush(): Promise<void> {
    if (this.#path === undefined || this.#pending.length === 0) return;
    let text = this.#pending.join("");
    this.#pending = [];
    if (this.#file === undefined) {
      this.#file = await openToWrite(this.#path);
      text = `source_row,line,column,value,reason\n${text}`;
    }
    try {
      await this.#file.write(text);
    } catch (error) {
      throw unwritable(this.#path, error);
    }
  }

  /** Closes the file; rows that were not flushed are lost. */
  async close(): Promise<void> {
    await this.#file?.close();
  }
}
