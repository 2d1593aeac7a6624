import { csvText } from "../../src/csv/csv-text.ts";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

test("UTF-8 is read, a byte order mark is dropped", () => {
  expect(csvText(Buffer.from("a,é\n"))).toBe("a,é\n");
  expect(csvText(Buffer.from("\ufeffa,b\n"))).toBe("a,b\n");
});

test.each([
  ["nothing", bytes(), "API_CSV_EMPTY", "The file is empty"],
  ["white space", Buffer.from(" \r\n\n"), "API_CSV_EMPTY", "The file is empty"],
  ["Latin-1", bytes(0x61, 0xe9, 0x0a), "API_CSV_NOT_TEXT", "The file is not UTF-8 text"],
  ["UTF-16", bytes(0xff, 0xfe, 0x61, 0), "API_CSV_NOT_TEXT", "The file is UTF-16 text, not UTF-8"],
  [
    "UTF-16 BE",
    bytes(0xfe, 0xff, 0, 0x61),
    "API_CSV_NOT_TEXT",
    "The file is UTF-16 text, not UTF-8",
  ],
  [
    "binary",
    bytes(0x61, 0, 0x62),
    "API_CSV_NOT_TEXT",
    "The file is binary: it holds a byte of value zero",
  ],
  [
    "a workbook",
    bytes(0x50, 0x4b, 3, 4, 0),
    "API_CSV_NOT_TEXT",
    "The file is a zip archive or an Excel workbook, not CSV",
  ],
])("%s is refused", (_name, content, code, message) => {
  expect(() => csvText(content)).toThrow(expect.objectContaining({ code, message }));
});
