import * as fc from "fast-check";
import Papa from "papaparse";
import { csvBlocks } from "../../src/csv/csv-blocks.ts";

const limits = { csvColumns: 100, cellLength: 1000 };
const records = (text: string): string[][] => [...csvBlocks(text, limits)].flat();

test("lines may end in LF, CRLF, both, or CR throughout", () => {
  const expected = [
    ["a", "b"],
    ["1", "2"],
    ["3", "4"],
  ];
  expect(records("a,b\n1,2\n3,4\n")).toEqual(expected);
  expect(records("a,b\r\n1,2\r\n3,4")).toEqual(expected);
  expect(records('a,b\r\n"1","2"\n3,"4"\r\n')).toEqual(expected);
  expect(records("a,b\r1,2\r3,4\r")).toEqual(expected);
});

test("quoted cells keep commas, quotes and line ends", () => {
  expect(records('a,b\n"x, ""y""","line\nline"\n')).toEqual([
    ["a", "b"],
    ['x, "y"', "line\nline"],
  ]);
  expect(records('a,b\n5" disk,2\n')).toEqual([
    ["a", "b"],
    ['5" disk', "2"],
  ]);
});

test("blank lines are left out, wherever they stand", () => {
  expect(records("\n\r\na,b\n\n1,2\n  \n\n")).toEqual([
    ["a", "b"],
    ["1", "2"],
  ]);
});

test("an open quote and text after a closing one name the row", () => {
  expect(() => records('a,b\n1,2\n\n"3,4\n5,6\n')).toThrow(
    expect.objectContaining({ code: "API_CSV_QUOTES", details: { row: 2 } }),
  );
  expect(() => records('a,b\n1,2\n\n3,"4"x\n5,6\n')).toThrow(
    expect.objectContaining({
      code: "API_CSV_QUOTES",
      message: "Row 2 has text after a closing quote",
    }),
  );
  expect(() => records('"a,b\n1,2\n')).toThrow(
    expect.objectContaining({ message: "The header opens a quote that is never closed" }),
  );
});

test("too many cells, too long a cell and too long a record are refused", () => {
  expect(() => records(`a\n${"1,".repeat(100)}1\n`)).toThrow(
    expect.objectContaining({
      code: "API_CSV_TOO_LARGE",
      message: "Row 1 has 101 cells; at most 100 are taken",
    }),
  );
  expect(() => records(`a\n1\n${"x".repeat(1001)}\n`)).toThrow(
    expect.objectContaining({
      message: "Row 2 has a cell of 1001 characters; at most 1000 are taken",
    }),
  );
  // An open quote at the top of a big file: refused after a mebibyte, not read to the end again and again.
  expect(() => records(`a\n"${'x"x'.repeat(3_000_000)}`)).toThrow(
    expect.objectContaining({
      code: "API_CSV_TOO_LARGE",
      message: "Row 1 is longer than 1048576 characters",
    }),
  );
});

test("blocks come some at a time, whatever stands where they are cut", () => {
  const rows = Array.from({ length: 9000 }, (_, row) => [
    String(row),
    row % 7 === 0 ? `a "quoted"\r\ncell, ${row}` : `cell ${row}`,
    row % 100 === 0 ? "x".repeat(900) : "",
  ]);
  const text = Papa.unparse(rows, { newline: "\r\n" });
  const blocks = [...csvBlocks(text, limits)];
  expect(blocks.length).toBeGreaterThan(3);
  expect(blocks.flat()).toEqual(rows);
});

test("what was written is read back", () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.constantFrom("", '"', '""', ",", "\n", "a\r\nb", "=1+1", " x "),
  );
  // A row of one blank cell is a blank line, and a CR before the line's end belongs to the line's end.
  const row = fc.array(cell, { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
      fc.pre(!rows.some((cells) => cells.at(-1)?.endsWith("\r")));
      const text = `${Papa.unparse(rows, { quotes: true, newline: "\n" })}\n`;
      expect(records(text)).toEqual(rows);
    }),
    { numRuns: 300, seed: 42 },
  );
});
