import { hash } from "node:crypto";

import { canonicalNumber, parseNumber } from "@gillnet/entity";
import type { CategoricalColumn, Table } from "@gillnet/entity";
import type { Document } from "mongodb";

/** A row on its way into a collection. */
export interface CsvDocument {
  /** Says which row it is by its content, whatever the file: equal rows of one file differ by a number at the end. */
  readonly key: string;
  /** Makes the document, for row `number` of the collection. */
  readonly withId: (number: number) => Document;
}

/** A filter of the `_id`s that `documentsOf` gives. */
export const ROW_IDS = { $regex: "^row-[0-9]{10}-[0-9a-f]{32}-[0-9]+$" } as const;

const NUMBER_DIGITS = 10;
const KEY_START = "row-".length + NUMBER_DIGITS + 1;

/** The key in an `_id` like "row-0000000001-3f...a0-1": ids sort as their rows were added. */
export function rowKeyOf(id: string): string {
  return id.slice(KEY_START);
}

export function rowNumberOf(id: string): number {
  return Number(id.slice("row-".length, KEY_START - 1));
}

/**
 * The rows of a table of categorical columns as documents, in order. A category that is the one spelling of
 * a number ("1", "-0.5", not "007") becomes that number, a missing cell null.
 */
export function* documentsOf(table: Table): Generator<CsvDocument> {
  const columns = table.columns.map((column) => cellsOf(column as CategoricalColumn));
  // By name, so that a file with its columns in another order has the same rows.
  const sorted = [...columns].sort((a, b) => (a.name < b.name ? -1 : 1));
  const seen = new Map<string, number>();
  for (let row = 0; row < table.rowCount; row++) {
    const text = sorted.map(({ codes, texts, empty }) => texts[codes[row] as number] ?? empty);
    // Half of SHA-256: no two rows of any table will share it, and ids stay short.
    const digest = hash("sha256", text.join(","), "hex").slice(0, 32);
    const occurrence = (seen.get(digest) ?? 0) + 1;
    seen.set(digest, occurrence);
    const key = `${digest}-${occurrence}`;
    const withId = (number: number): Document => ({
      _id: `row-${String(number).padStart(NUMBER_DIGITS, "0")}-${key}`,
      ...Object.fromEntries(
        columns.map(({ name, codes, values }) => [name, values[codes[row] as number] ?? null]),
      ),
    });
    yield { key, withId };
  }
}

interface Cells {
  readonly name: string;
  readonly codes: Int32Array;
  /** Of each category. */
  readonly values: readonly (string | number)[];
  /** "name":value of each category, and of a missing cell. */
  readonly texts: readonly string[];
  readonly empty: string;
}

function cellsOf({ name, codes, categories }: CategoricalColumn): Cells {
  const values = categories.map((category) => {
    const value = parseNumber(category);
    return value !== undefined && canonicalNumber(value) === category ? value : category;
  });
  const textOf = (value: unknown): string => `${JSON.stringify(name)}:${JSON.stringify(value)}`;
  return { name, codes, values, texts: values.map(textOf), empty: textOf(null) };
}
