import { createHash, hash } from "node:crypto";

import type { Column, Table } from "@gillnet/entity";
import { canonicalNumber, parseNumber } from "@gillnet/entity";

import { numberDistinctRows } from "./distinct-rows.ts";
import type { DistinctRows } from "./distinct-rows.ts";

const DIGEST_BYTES = 32;

/** A digest and its count. */
const ENTRY_BYTES = DIGEST_BYTES + 8;

/** Appends one row's cell of one column to the buffer. */
type CellWriter = (buffer: RowBuffer, row: number) => void;

/**
 * SHA-256 of a table's content, as 64 hexadecimal digits: the same whatever the order of its rows and
 * columns, the case of its column names, the file's layout, and whether a column of numbers was read as
 * numeric or as categorical.
 *
 * How it is made (numbers little-endian):
 * 1. Columns are taken in ascending order of their lower-cased names.
 * 2. A row is the bytes of its cells: 0 for a missing cell; 1 and the float64 for a number; 2, the uint32
 *    length and the UTF-8 bytes for text. Text that is a number's canonical text ("-1", "0.5") is a number.
 * 3. The distinct rows' SHA-256 digests are sorted; the fingerprint is the SHA-256 of the JSON array of the
 *    lower-cased names, a line feed, and for each digest its 32 bytes and the row's count as float64.
 *
 * @param rows the distinct rows of all of the table's columns, where the caller has them already.
 */
export function contentFingerprint(
  table: Table,
  rows: DistinctRows = numberDistinctRows(table.columns, table.rowCount),
): string {
  const columns = table.columns
    .map((column) => ({ column, name: column.name.toLowerCase() }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const writers = columns.map(({ column }) => cellWriter(column));

  // One digest for each distinct row, made at its first occurrence: reading in the order of the rows is
  // several times faster than in that of the ids.
  const counts = new Int32Array(rows.count);
  const digests = Buffer.alloc(rows.count * DIGEST_BYTES);
  const buffer = new RowBuffer();
  for (let row = 0; row < table.rowCount; row++) {
    const id = rows.ids[row] as number;
    counts[id] = (counts[id] as number) + 1;
    if (counts[id] !== 1) continue;
    buffer.clear();
    for (const write of writers) write(buffer, row);
    // As a "binary" string: four times as fast as a Hash object (2.0 s and 0.5 s for a million rows).
    digests.write(hash("sha256", buffer.bytes(), "binary"), id * DIGEST_BYTES, "latin1");
  }

  const entries = Buffer.alloc(rows.count * ENTRY_BYTES);
  for (const [index, id] of sortedByDigest(digests).entries()) {
    const start = id * DIGEST_BYTES;
    digests.copy(entries, index * ENTRY_BYTES, start, start + DIGEST_BYTES);
    entries.writeDoubleLE(counts[id] as number, index * ENTRY_BYTES + DIGEST_BYTES);
  }
  return createHash("sha256")
    .update(`${JSON.stringify(columns.map(({ name }) => name))}\n`)
    .update(entries)
    .digest("hex");
}

function cellWriter(column: Column): CellWriter {
  if (column.kind === "numeric") {
    const { values } = column;
    return (buffer, row) => {
      const value = values[row] as number;
      if (Number.isNaN(value)) buffer.missing();
      else buffer.number(value);
    };
  }
  const cells = column.categories.map((text): number | Buffer => {
    const value = parseNumber(text);
    return value !== undefined && canonicalNumber(value) === text ? value : Buffer.from(text);
  });
  const { codes } = column;
  return (buffer, row) => {
    const cell = cells[codes[row] as number];
    if (cell === undefined) buffer.missing();
    else if (typeof cell === "number") buffer.number(cell);
    else buffer.text(cell);
  };
}

/** The bytes of one row; used again for each row, so that a row costs no allocation. */
class RowBuffer {
  #bytes = Buffer.alloc(1024);
  #view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset);
  #length = 0;

  clear(): void {
    this.#length = 0;
  }

  missing(): void {
    this.#reserve(1);
    this.#view.setUint8(this.#length, 0);
    this.#length += 1;
  }

  number(value: number): void {
    this.#reserve(9);
    this.#view.setUint8(this.#length, 1);
    // -0 + 0 is 0: one value, one bit pattern.
    this.#view.setFloat64(this.#length + 1, value + 0, true);
    this.#length += 9;
  }

  text(text: Buffer): void {
    this.#reserve(5 + text.length);
    this.#view.setUint8(this.#length, 2);
    this.#view.setUint32(this.#length + 1, text.length, true);
    text.copy(this.#bytes, this.#length + 5);
    this.#length += 5 + text.length;
  }

  /** A view of the row, good until the next `clear`. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(extra: number): void {
    if (this.#length + extra <= this.#bytes.length) return;
    const larger = Buffer.alloc((this.#length + extra) * 2);
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer, larger.byteOffset);
  }
}

/** Row ids in ascending order of their digests. */
function sortedByDigest(digests: Buffer): Uint32Array {
  const count = digests.length / DIGEST_BYTES;
  // The first six bytes decide nearly always; comparing them as numbers is many times faster.
  const prefixes = new Float64Array(count);
  for (let id = 0; id < count; id++) prefixes[id] = digests.readUIntBE(id * DIGEST_BYTES, 6);
  return Uint32Array.from({ length: count }, (_, id) => id).sort(
    (a, b) =>
      (prefixes[a] as number) - (prefixes[b] as number) ||
      digests.compare(
        digests,
        b * DIGEST_BYTES,
        (b + 1) * DIGEST_BYTES,
        a * DIGEST_BYTES,
        (a + 1) * DIGEST_BYTES,
      ),
  );
}
