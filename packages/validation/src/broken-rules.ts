import { canonicalNumber, findColumn } from "@gillnet/entity";
import type { CategoricalColumn, FeatureSpec, NumericColumn } from "@gillnet/entity";
import type { IngestedPart } from "@gillnet/table";

/** One cell that breaks a rule of the schema. */
interface BrokenCell {
  readonly sourceRow: number;
  readonly value: string;
}

/** One rule and every cell that breaks it: at least one, by source row. */
export interface BrokenRule {
  readonly code: "VALUE_NOT_ALLOWED" | "OUT_OF_RANGE";
  readonly column: string;
  /** To read after "allowed": "-1, 0, 1", "0 to 10". */
  readonly allowed: string;
  readonly cells: readonly BrokenCell[];
}

/** A rule of one column, put as a question to each cell that is not missing. */
interface Rule<Value> {
  readonly code: BrokenRule["code"];
  readonly allowed: string;
  readonly breaks: (value: Value) => boolean;
}

/** Everything in the features that the schema does not allow; missing cells break no rule. O(cells). */
export function findBrokenRules(
  features: readonly FeatureSpec[],
  parts: readonly IngestedPart[],
): readonly BrokenRule[] {
  return features
    .flatMap((feature) =>
      feature.kind === "numeric"
        ? numericRules(feature).map((rule) =>
            apply(rule, feature.name, parts, (part) => numericCells(part, feature.name, rule)),
          )
        : categoricalRules(feature).map((rule) =>
            apply(rule, feature.name, parts, (part) => categoricalCells(part, feature.name, rule)),
          ),
    )
    .filter(({ cells }) => cells.length > 0);
}

function numericRules({
  values,
  minimum = -Infinity,
  maximum = Infinity,
}: Extract<FeatureSpec, { kind: "numeric" }>): readonly Rule<number>[] {
  const rules: Rule<number>[] = [];
  if (values !== undefined) {
    const known = new Set(values);
    rules.push({
      code: "VALUE_NOT_ALLOWED",
      allowed: values.map(canonicalNumber).join(", "),
      breaks: (value) => !known.has(value),
    });
  }
  if (minimum > -Infinity || maximum < Infinity) {
    rules.push({
      code: "OUT_OF_RANGE",
      allowed: describeRange(minimum, maximum),
      breaks: (value) => value < minimum || value > maximum,
    });
  }
  return rules;
}

function categoricalRules({
  values,
}: Extract<FeatureSpec, { kind: "categorical" }>): readonly Rule<string>[] {
  if (values === undefined) return [];
  const known = new Set(values);
  return [
    {
      code: "VALUE_NOT_ALLOWED",
      allowed: values.join(", "),
      breaks: (value) => !known.has(value),
    },
  ];
}

function apply(
  { code, allowed }: Rule<never>,
  column: string,
  parts: readonly IngestedPart[],
  cellsOf: (part: IngestedPart) => readonly BrokenCell[],
): BrokenRule {
  const cells = parts.flatMap(cellsOf).sort((a, b) => a.sourceRow - b.sourceRow);
  return { code, column, allowed, cells };
}

function numericCells(part: IngestedPart, name: string, rule: Rule<number>): BrokenCell[] {
  const { values } = findColumn(part.table, name) as NumericColumn;
  const cells: BrokenCell[] = [];
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value) || !rule.breaks(value)) continue;
    cells.push({ sourceRow: part.sourceRows[row] as number, value: canonicalNumber(value) });
  }
  return cells;
}

function categoricalCells(part: IngestedPart, name: string, rule: Rule<string>): BrokenCell[] {
  const { codes, categories } = findColumn(part.table, name) as CategoricalColumn;
  const broken = categories.map(rule.breaks);
  const cells: BrokenCell[] = [];
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (broken[code] !== true) continue;
    cells.push({ sourceRow: part.sourceRows[row] as number, value: categories[code] as string });
  }
  return cells;
}

function describeRange(minimum: number, maximum: number): string {
  if (minimum === -Infinity) return `at most ${canonicalNumber(maximum)}`;
  if (maximum === Infinity) return `at least ${canonicalNumber(minimum)}`;
  return `${canonicalNumber(minimum)} to ${canonicalNumber(maximum)}`;
}
