import { parseNumber } from "@gillnet/entity";
import type { MissingMarkers } from "./missing-markers.ts";

/** What the readers below return for a cell that is neither a number nor missing: no number they return is infinite. */
export const NOT_A_NUMBER: number = Infinity;

const MINUS = 0x2d;
const POINT = 0x2e - 0x30;

/** 10^0 to 10^15, all exact. */
const POWERS_OF_TEN = Array.from({ length: 16 }, (_, power) => 10 ** power);

/** The number in a cell's text: NaN when missing, NOT_A_NUMBER when it is none. */
export function numberFromText(text: string, markers: MissingMarkers): number {
  const trimmed = text.trim();
  if (markers.hasText(trimmed)) return NaN;
  return parseNumber(trimmed) ?? NOT_A_NUMBER;
}

/**
 * The same for the cell in `bytes[start, end)`, UTF-8.
 *
 * Up to fifteen digits are read without making a text: digits and power of ten are then both exact in a
 * double, so their quotient is the nearest double, as `Number(text)` would give.
 */
export function numberFromBytes(
  bytes: Buffer,
  start: number,
  end: number,
  markers: MissingMarkers,
): number {
  if (start === end) return NaN;
  const negative = bytes[start] === MINUS;
  const first = negative ? start + 1 : start;
  const length = end - first;
  if (length === 0 || length > 16) return slowly(bytes, start, end, markers);
  let digits = 0;
  let mantissa = 0;
  let pointAt = -1;
  for (let i = first; i < end; i++) {
    const digit = (bytes[i] as number) - 0x30;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
    } else if (digit === POINT && pointAt < 0) {
      pointAt = digits;
    } else {
      return slowly(bytes, start, end, markers);
    }
  }
  if (digits === 0 || digits > 15) return slowly(bytes, start, end, markers);
  if (pointAt >= 0) mantissa /= POWERS_OF_TEN[digits - pointAt] as number;
  // Not -mantissa: that would make a negative zero of "-0".
  const value = negative ? 0 - mantissa : mantissa;
  return markers.mayHaveNumber(value) ? slowly(bytes, start, end, markers) : value;
}

function slowly(bytes: Buffer, start: number, end: number, markers: MissingMarkers): number {
  return numberFromText(bytes.toString("utf8", start, end), markers);
}
