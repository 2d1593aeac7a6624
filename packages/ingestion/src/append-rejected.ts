import { appendFile, stat } from "node:fs/promises";

import type { RejectedRow } from "@gillnet/table";

/**
 * Adds rows to the CSV of rejected rows that reading has left at `path`, or makes it: the same columns, so
 * that all rejected rows are in one file.
 */
export async function appendRejected(path: string, rows: readonly RejectedRow[]): Promise<void> {
  if (rows.length === 0) return;
  const isNew = await stat(path).then(
    () => false,
    () => true,
  );
  const lines = rows.map(({ sourceRow, line, column, value, reason }) =>
    [sourceRow, line, column, value, reason].map((cell) => csvCell(String(cell ?? ""))).join(","),
  );
  if (isNew) lines.unshift("source_row,line,column,value,reason");
  await appendFile(path, `${lines.join("\n")}\n`);
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
