import { rm } from "node:fs/promises";
import { canonicalNumber, type Column, type Table } from "@gillnet/entity";
import { csvText } from "./csv-text.ts";
import { openToWrite, unwritable } from "./open-file.ts";

const CHUNK_ROWS = 4096;

/**
 * Writes a table as CSV: RFC 4180 with "\n", a header always, numbers in their shortest text that reads back
 * to the same double, missing cells empty. Written chunk by chunk; a file that could not be finished is removed.
 *
 * Throws TABLE_FILE_UNWRITABLE.
 */
export async function writeCsv(path: string, table: Table): Promise<void> {
  const file = await openToWrite(path);
  try {
    await file.write(`${table.columns.map(({ name }) => csvText(name)).join(",")}\n`);
    const texts = table.columns.map(cellTexts);
    for (let start = 0; start < table.rowCount; start += CHUNK_ROWS) {
      const end = Math.min(start + CHUNK_ROWS, table.rowCount);
      let chunk = "";
      for (let row = start; row < end; row++) {
        let line = "";
        for (let c = 0; c < texts.length; c++) {
          const text = (texts[c] as (row: number) => string)(row);
          line += c === 0 ? text : `,${text}`;
        }
        // A line with nothing on it would be no row to any reader.
        chunk += line === "" ? '""\n' : `${line}\n`;
      }
      await file.write(chunk);
    }
    await file.close();
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true });
    throw unwritable(path, error);
  }
}

function cellTexts(column: Column): (row: number) => string {
  if (column.kind === "numeric") {
    const { values } = column;
    return (row) => {
      const value = values[row] as number;
      return Number.isNaN(value) ? "" : canonicalNumber(value);
    };
  }
  const { codes } = column;
  const quoted = column.categories.map(csvText);
  return (row) => {
    const code = codes[row] as number;
    return code < 0 ? "" : (quoted[code] as string);
  };
}
