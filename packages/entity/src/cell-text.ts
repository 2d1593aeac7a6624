import { canonicalNumber } from "./dataset-schema.ts";

/** ASCII digits with an optional sign, fraction and exponent; a digit on at least one side of the point. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A whole part that starts with a zero and goes on, as in "007": a name made of digits, no quantity. */
const LEADING_ZERO = /^[+-]?0\d/;

/**
 * The number that a cell's text stands for after trimming, or undefined when it stands for none.
 *
 * Grammar: optional sign, decimal digits with an optional fraction, optional exponent ("1", "-0.5", ".5",
 * "5.", "1e-3"). Not numbers: "0x1F", "1_000", "1,5", "Infinity", "NaN", "", and what overflows ("1e999").
 * What is too small for a double is 0, and so is "-0": one value, one bit pattern.
 */
export function parseNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (!NUMBER.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value + 0 : undefined;
}

/**
 * The category that a cell's text stands for: the trimmed text, except that a plain number gets the one
 * text of its value, so that "1", "1.0", "+1" and the number 1 are one category.
 *
 * Left as they are: numbers with leading zeros ("007": an id), and numbers whose digits a double cannot hold
 * ("12345678901234567890": an id too), so that two ids never become one. A fixed point of itself.
 */
export function normalizeCategory(text: string): string {
  const trimmed = text.trim();
  const value = parseNumber(trimmed);
  if (value === undefined || LEADING_ZERO.test(trimmed)) return trimmed;
  const canonical = canonicalNumber(value);
  return canonical === trimmed || decimal(canonical) === decimal(trimmed) ? canonical : trimmed;
}

/** A number's significant digits and power of ten, the same for every way of writing one value: "15e-1" for 1.50. */
function decimal(number: string): string {
  const [mantissa = "", exponent = "0"] = number.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.replace(/^[+-]/, "").split(".");
  const digits = whole + fraction;
  // Loops, not patterns: a pattern anchored at the end takes quadratic time on a hostile run of zeros.
  let start = 0;
  while (digits[start] === "0") start++;
  let end = digits.length;
  while (end > start && digits[end - 1] === "0") end--;
  if (start === end) return "0";
  const power = Number(exponent) - fraction.length + digits.length - end;
  return `${mantissa.startsWith("-") ? "-" : ""}${digits.slice(start, end)}e${power}`;
}
