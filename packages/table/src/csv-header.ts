import { isUtf8 } from "node:buffer";
import { basename } from "node:path";
import { PipelineError } from "@gillnet/entity";
import { unescapeQuotes } from "./unescape-quotes.ts";
import type { CsvScanner } from "./csv-scanner.ts";
import { columnKey } from "./match-columns.ts";
import type { ReadOptions } from "./read-table.ts";

const DELIMITERS = [",", ";", "\t", "|"];

/**
 * Reads the header, the first line that is not blank, and leaves `scanner` at the row after it, set to the
 * file's delimiter: the one of comma, semicolon, tab and bar under which the header names most of the
 * layout's columns; of equals the one that makes most cells, then the first.
 *
 * Throws TABLE_CSV_EMPTY, TABLE_CSV_NOT_TEXT, TABLE_CSV_ENCODING, TABLE_CSV_HEADER.
 */
export async function readHeader(
  scanner: CsvScanner,
  path: string,
  options: Pick<ReadOptions, "layout" | "matchCase">,
): Promise<readonly string[]> {
  checkIsText(path, await scanner.start());
  const key = columnKey(options.matchCase);
  const wanted = new Set(options.layout.columns.map((column) => key(column.name)));
  let faulty = false;
  let best: { delimiter: number; names: string[]; known: number } | undefined;
  for (const delimiter of DELIMITERS.map((text) => text.charCodeAt(0))) {
    const names = await readNames(scanner, path, delimiter);
    scanner.unread();
    faulty ||= names === undefined;
    if (names === undefined) continue;
    const known = names.filter((name) => wanted.has(key(name))).length;
    if (
      best === undefined ||
      known > best.known ||
      (known === best.known && names.length > best.names.length)
    ) {
      best = { delimiter, names, known };
    }
  }
  // Under a delimiter that is not the file's, a header with wrong quotes is one long name.
  if (best === undefined || (faulty && best.known === 0 && best.names.length === 1)) {
    throw new PipelineError(
      "TABLE_CSV_HEADER",
      `Line ${scanner.rowLine} of ${basename(path)} is no header: a quote is not closed, text follows a closing quote, or it has more than ${scanner.maxCells} cells`,
      { hint: "Correct the quotes of the first line", details: { path, line: scanner.rowLine } },
    );
  }
  scanner.delimiter = best.delimiter;
  scanner.next();
  scanner.maxCells = best.names.length;
  return best.names;
}

/** The first row's cells as texts; undefined when its quotes are wrong under this delimiter. */
async function readNames(
  scanner: CsvScanner,
  path: string,
  delimiter: number,
): Promise<string[] | undefined> {
  scanner.delimiter = delimiter;
  let scan = scanner.next();
  while (scan === "more") {
    await scanner.fill();
    scan = scanner.next();
  }
  if (scan === "end") {
    throw new PipelineError("TABLE_CSV_EMPTY", `${basename(path)} is empty`, {
      hint: "The first line must name the columns",
      details: { path },
    });
  }
  if (scan !== "row" || scanner.cellCount > scanner.maxCells) return undefined;
  return Array.from({ length: scanner.cellCount }, (_, i) => {
    const raw = scanner.window.subarray(scanner.starts[i], scanner.ends[i]);
    if (!isUtf8(raw)) {
      throw new PipelineError(
        "TABLE_CSV_ENCODING",
        `The header of ${basename(path)} is not UTF-8, in the name '${raw.toString("utf8")}'`,
        { hint: "Save the file as CSV UTF-8", details: { path, line: scanner.rowLine } },
      );
    }
    return unescapeQuotes(raw, scanner.escaped[i] === 1)
      .toString("utf8")
      .trim();
  });
}

/** Refuses what cannot be CSV by its first bytes. A zero byte among them means binary, as it does to git. */
function checkIsText(path: string, first: Buffer): void {
  const name = basename(path);
  const mark = first.toString("latin1", 0, 4);
  if (mark.startsWith("\xff\xfe") || mark.startsWith("\xfe\xff")) {
    throw new PipelineError("TABLE_CSV_ENCODING", `${name} is UTF-16 text, not UTF-8`, {
      hint: "Save the file as CSV UTF-8",
      details: { path },
    });
  }
  const kind =
    mark === "PAR1"
      ? "a Parquet file"
      : mark.startsWith("PK\x03\x04")
        ? "a ZIP archive or an Excel workbook"
        : mark.startsWith("\x1f\x8b")
          ? "a gzip archive"
          : first.includes(0)
            ? "a binary file"
            : undefined;
  if (kind === undefined) return;
  throw new PipelineError("TABLE_CSV_NOT_TEXT", `${name} is ${kind}, not CSV`, {
    hint: "Unpack or export it to CSV; Parquet is read as Parquet",
    details: { path },
  });
}
