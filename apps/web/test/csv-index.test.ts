import * as fc from "fast-check";
import { cellOfRow, cellsOfRow, indexCsv } from "../src/csv-index.ts";

function rowsOf(text: string): string[][] {
  const csv = indexCsv(text);
  return [csv.header as string[], ...Array.from(csv.rowStart, (_, row) => cellsOfRow(csv, row))];
}

describe("indexCsv", () => {
  test.each([
    ["LF", "a,b\n1,2\n3,4\n"],
    ["no end of the last line", "a,b\n1,2\n3,4"],
    ["CRLF", "a,b\r\n1,2\r\n3,4\r\n"],
    ["CR throughout", "a,b\r1,2\r3,4\r"],
    ["both LF and CRLF", "a,b\r\n1,2\n3,4\r\n"],
    ["blank lines", "\n \na,b\n\n1,2\n\t\n3,4\n\n"],
    ["a line of an empty quoted cell", 'a,b\n""\n1,2\n" "\n3,4'],
  ])("finds the rows: %s", (_, text) => {
    expect(rowsOf(text)).toEqual([
      ["a", "b"],
      ["1", "2"],
      ["3", "4"],
    ]);
  });

  test("reads quoted cells with commas, quotes and line ends", () => {
    expect(rowsOf('a,b\r\n"1,2","say ""hi"""\r\n"two\r\nlines",\n')).toEqual([
      ["a", "b"],
      ["1,2", 'say "hi"'],
      ["two\r\nlines", ""],
    ]);
  });

  test("takes a quote inside an unquoted cell as a character", () => {
    expect(rowsOf('a,b\n5" tube,x\n "y",z\n')).toEqual([
      ["a", "b"],
      ['5" tube', "x"],
      [' "y"', "z"],
    ]);
  });

  test("leaves out the white space between a closing quote and the comma", () => {
    expect(rowsOf('a,b\n"1" ,"2"\t\n')).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
  });

  test("gives each row as many cells as the header has", () => {
    const csv = indexCsv("a,b,c\n1\n1,2,3,4\n,,\n");
    expect(cellsOfRow(csv, 0)).toEqual(["1", "", ""]);
    expect(cellsOfRow(csv, 1)).toEqual(["1", "2", "3"]);
    expect(cellsOfRow(csv, 2)).toEqual(["", "", ""]);
    expect(cellOfRow(csv, 0, 2)).toBe("");
    expect(cellOfRow(csv, 1, 2)).toBe("3");
  });

  test("an empty text has neither header nor rows", () => {
    expect(rowsOf("")).toEqual([[]]);
    expect(rowsOf("\r\n \n")).toEqual([[]]);
  });

  test("reads back what was written, whatever the cells and the line ends", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "1", " ", ",", '"', "\n", "é", "𝄞") });
    const rows = fc
      .integer({ min: 2, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 2 }),
      );
    fc.assert(
      fc.property(rows, fc.constantFrom("\n", "\r\n"), fc.boolean(), (rows, end, ended) => {
        const lines = rows.map((cells) => cells.map(written).join(","));
        const text = lines.join(end) + (ended ? end : "");
        expect(rowsOf(text)).toEqual(rows);
        const csv = indexCsv(text);
        for (const [row, cells] of rows.slice(1).entries()) {
          for (const [column, cell] of cells.entries()) {
            expect(cellOfRow(csv, row, column)).toBe(cell);
          }
        }
      }),
    );
  });
});

function written(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
