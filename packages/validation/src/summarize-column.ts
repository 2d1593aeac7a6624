import { canonicalNumber, findColumn } from "@gillnet/entity";
import type { CategoricalColumn, FeatureSpec, NumericColumn } from "@gillnet/entity";
import type { IngestedPart } from "@gillnet/table";

/** Rows of the negative and of the positive class: sums of weights, indexed by class. */
export type ClassCounts = [negative: number, positive: number];

/** What one feature holds. Counts are sums of weights. */
export interface ColumnSummary {
  readonly rows: number;
  readonly missing: number;
  /** Rows with a value. */
  readonly present: Readonly<ClassCounts>;
  /** By value as text: of a categorical column all, of a numeric one null when there are more than 32. */
  readonly values: ReadonlyMap<string, Readonly<ClassCounts>> | null;
  /** Of a numeric column: the least and the greatest value of either class (infinities when it has none). */
  readonly ranges: readonly [negative: Range, positive: Range] | null;
}

/** One feature in both parts together, and in the training part, which is all that a model learns from. */
export interface FeatureSummary {
  readonly feature: FeatureSpec;
  readonly whole: ColumnSummary;
  readonly train: ColumnSummary;
}

interface Range {
  readonly minimum: number;
  readonly maximum: number;
}

const MOST_VALUES = 32;

/** Summarises a feature over the rows of all `parts`. O(rows). */
export function summarizeColumn(
  feature: FeatureSpec,
  parts: readonly IngestedPart[],
): ColumnSummary {
  return feature.kind === "numeric"
    ? summarizeNumbers(feature.name, parts)
    : summarizeCategories(feature.name, parts);
}

function summarizeNumbers(name: string, parts: readonly IngestedPart[]): ColumnSummary {
  const counts = new Map<number, ClassCounts>();
  const minimum: ClassCounts = [Infinity, Infinity];
  const maximum: ClassCounts = [-Infinity, -Infinity];
  const present: ClassCounts = [0, 0];
  let missing = 0;
  for (const part of parts) {
    const { values } = findColumn(part.table, name) as NumericColumn;
    for (let row = 0; row < values.length; row++) {
      const weight = part.weights[row] as number;
      const value = values[row] as number;
      if (Number.isNaN(value)) {
        missing += weight;
        continue;
      }
      const side = part.classes[row] as 0 | 1;
      present[side] += weight;
      if (value < minimum[side]) minimum[side] = value;
      if (value > maximum[side]) maximum[side] = value;
      // One value too many is kept, to know that there were.
      if (counts.size <= MOST_VALUES) countsOf(counts, value)[side] += weight;
    }
  }
  const sorted = [...counts].sort(([a], [b]) => a - b);
  return {
    rows: missing + present[0] + present[1],
    missing,
    present,
    values:
      counts.size > MOST_VALUES
        ? null
        : new Map(sorted.map(([value, count]) => [canonicalNumber(value), count])),
    ranges: [
      { minimum: minimum[0], maximum: maximum[0] },
      { minimum: minimum[1], maximum: maximum[1] },
    ],
  };
}

function summarizeCategories(name: string, parts: readonly IngestedPart[]): ColumnSummary {
  const counts = new Map<string, ClassCounts>();
  const present: ClassCounts = [0, 0];
  let missing = 0;
  for (const part of parts) {
    const { codes, categories } = findColumn(part.table, name) as CategoricalColumn;
    const byCode: ClassCounts[] = categories.map(() => [0, 0]);
    for (let row = 0; row < codes.length; row++) {
      const weight = part.weights[row] as number;
      const count = byCode[codes[row] as number];
      if (count === undefined) missing += weight;
      else count[part.classes[row] as 0 | 1] += weight;
    }
    for (const [code, [negative, positive]] of byCode.entries()) {
      if (negative + positive === 0) continue;
      const total = countsOf(counts, categories[code] as string);
      total[0] += negative;
      total[1] += positive;
      present[0] += negative;
      present[1] += positive;
    }
  }
  return {
    rows: missing + present[0] + present[1],
    missing,
    present,
    values: new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
    ranges: null,
  };
}

function countsOf<Key>(counts: Map<Key, ClassCounts>, key: Key): ClassCounts {
  let count = counts.get(key);
  if (count === undefined) {
    count = [0, 0];
    counts.set(key, count);
  }
  return count;
}
