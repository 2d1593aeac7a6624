import { apiError } from "../errors.ts";

const BYTE_ORDER_MARKS: readonly (readonly [string, readonly number[]])[] = [
  ["UTF-16", [0xff, 0xfe]],
  ["UTF-16", [0xfe, 0xff]],
];
const ZIP_START = [0x50, 0x4b, 0x03, 0x04];

/**
 * The text of an uploaded file, without its byte order mark.
 * Throws API_CSV_EMPTY for a file of nothing but white space, and API_CSV_NOT_TEXT for one that is not
 * UTF-8, saying what it seems to be instead.
 */
export function csvText(bytes: Uint8Array): string {
  if (startsWith(bytes, ZIP_START)) {
    throw notText("The file is a zip archive or an Excel workbook, not CSV");
  }
  for (const [name, mark] of BYTE_ORDER_MARKS) {
    if (startsWith(bytes, mark)) throw notText(`The file is ${name} text, not UTF-8`);
  }
  if (bytes.includes(0)) throw notText("The file is binary: it holds a byte of value zero");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw notText("The file is not UTF-8 text", cause);
  }
  if (text.trim() === "") throw apiError("API_CSV_EMPTY", "The file is empty");
  return text;
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

function notText(message: string, cause?: unknown): Error {
  return apiError("API_CSV_NOT_TEXT", message, { cause });
}
