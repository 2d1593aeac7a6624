import { isUtf8 } from "node:buffer";
import { normalizeCategory } from "@gillnet/entity";
import type { MissingMarkers } from "./missing-markers.ts";

export const MISSING = -1;
/** What `codeOfBytes` returns for bytes that are no UTF-8. */
export const NOT_UTF8 = -2;

/**
 * Gives every category of one column a code in order of appearance.
 *
 * The many cells of a column have few texts: each raw text is trimmed, compared with the markers and
 * normalised once, and found again by its bytes.
 */
export class CategoryIndex {
  readonly #markers: MissingMarkers;
  /** Raw cells of at most six bytes, packed into one number; and longer ones, as Latin-1 text of their bytes. */
  readonly #codeOfShort = new Map<number, number>();
  readonly #codeOfLong = new Map<string, number>();
  readonly #codeOfCategory = new Map<string, number>();

  constructor(markers: MissingMarkers) {
    this.#markers = markers;
  }

  /** The code of the cell in `bytes[start, end)`, MISSING, or NOT_UTF8. */
  codeOfBytes(bytes: Buffer, start: number, end: number): number {
    if (end - start <= 6) {
      let packed = 1;
      for (let i = start; i < end; i++) packed = packed * 256 + (bytes[i] as number);
      const known = this.#codeOfShort.get(packed);
      if (known !== undefined) return known;
      const code = this.#codeOfNewBytes(bytes, start, end);
      this.#codeOfShort.set(packed, code);
      return code;
    }
    const raw = bytes.toString("latin1", start, end);
    const known = this.#codeOfLong.get(raw);
    if (known !== undefined) return known;
    const code = this.#codeOfNewBytes(bytes, start, end);
    this.#codeOfLong.set(raw, code);
    return code;
  }

  /** The code of a cell's text, or MISSING. */
  codeOfText(text: string): number {
    const trimmed = text.trim();
    if (this.#markers.hasText(trimmed)) return MISSING;
    const category = normalizeCategory(trimmed);
    let code = this.#codeOfCategory.get(category);
    if (code === undefined) {
      code = this.#codeOfCategory.size;
      this.#codeOfCategory.set(category, code);
    }
    return code;
  }

  /**
   * Recodes `codes` in place so that they index the returned categories: those that occur in it, sorted
   * by UTF-16 code unit.
   */
  finish(codes: Int32Array): string[] {
    const occurs = new Uint8Array(this.#codeOfCategory.size);
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as number;
      if (code >= 0) occurs[code] = 1;
    }
    // A Map's entries come in order of insertion, so an entry's index is its code.
    const appeared = [...this.#codeOfCategory.keys()];
    const categories = appeared.filter((_, code) => occurs[code] === 1).sort(byCodeUnit);
    const sortedCode = new Int32Array(appeared.length).fill(MISSING);
    for (const [code, category] of categories.entries()) {
      sortedCode[this.#codeOfCategory.get(category) as number] = code;
    }
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as number;
      if (code >= 0) codes[i] = sortedCode[code] as number;
    }
    return categories;
  }

  #codeOfNewBytes(bytes: Buffer, start: number, end: number): number {
    const cell = bytes.subarray(start, end);
    return isUtf8(cell) ? this.codeOfText(cell.toString("utf8")) : NOT_UTF8;
  }
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
