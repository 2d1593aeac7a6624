import { countOf, listOf, percent } from "@gillnet/entity";
import type { Finding, LabelSpec } from "@gillnet/entity";
import { find } from "./find.ts";
import type { ValidationParams } from "./params.ts";
import type { ClassCounts, ColumnSummary, FeatureSummary } from "./summarize-column.ts";

/** A coincidence less probable than this is none, over all columns of a wide table. */
const LOG_CHANCE = Math.log(1e-6);

/** Rows that a categorical column must have before its never repeating means anything. */
const ROWS_TO_REPEAT = 50;

/** What there is to say of one feature's values, missing cells apart. */
export function checkColumn(
  summary: FeatureSummary,
  label: LabelSpec,
  params: ValidationParams,
): readonly Finding[] {
  const { whole } = summary;
  const column = summary.feature.name;
  if (whole.values?.size === 1) {
    const [value] = whole.values.keys();
    return [
      find(
        "CONSTANT_COLUMN",
        `'${column}' has no value but ${value}: nothing can be learnt from it`,
        { column },
      ),
    ];
  }
  if (isIdentifierLike(whole)) {
    const rows = whole.rows - whole.missing;
    return [
      find(
        "IDENTIFIER_LIKE",
        `'${column}' has ${countOf(whole.values?.size ?? 0, "different value")} in ${countOf(rows, "row")}: it names rows rather than describing them`,
        { column },
      ),
    ];
  }
  return [...findDeciders(column, label, whole, params), ...findUnseen(summary)];
}

/** Categories that only the test part has. */
function findUnseen({ feature, whole, train }: FeatureSummary): readonly Finding[] {
  if (feature.kind === "numeric") return [];
  const unseen = [...(whole.values ?? [])].filter(([value]) => train.values?.has(value) !== true);
  if (unseen.length === 0) return [];
  const count = unseen.reduce((sum, [, counts]) => sum + counts[0] + counts[1], 0);
  return [
    find(
      "UNSEEN_CATEGORY",
      `${countOf(count, "test row")} ${count === 1 ? "has" : "have"} a '${feature.name}' that the training part has not, which reads as missing: ${listOf(unseen.map(([value]) => value))}`,
      { column: feature.name, count },
    ),
  ];
}

function isIdentifierLike(summary: ColumnSummary): boolean {
  const rows = summary.rows - summary.missing;
  return (
    summary.ranges === null && rows >= ROWS_TO_REPEAT && (summary.values?.size ?? 0) > rows / 2
  );
}

/** The column, or else those of its values, that occur with one class only although many rows have them. */
function findDeciders(
  name: string,
  label: LabelSpec,
  summary: ColumnSummary,
  params: ValidationParams,
): readonly Finding[] {
  const { present, values, rows } = summary;
  if (present[0] === 0 || present[1] === 0) return [];
  if (columnDecides(summary)) {
    return [
      find(
        "COLUMN_DECIDES_CLASS",
        `'${name}' alone tells ${label.positive.name} from ${label.negative.name} rows without an error: check that it is known before the label is`,
        { column: name, count: present[0] + present[1] },
      ),
    ];
  }
  const classNames = [label.negative.name, label.positive.name];
  const findings: Finding[] = [];
  for (const [value, counts] of values ?? []) {
    const total = counts[0] + counts[1];
    if (counts[0] > 0 && counts[1] > 0) continue;
    if (total < params.decisive_share * rows || total * logShare(counts, present) > LOG_CHANCE) {
      continue;
    }
    const className = classNames[counts[1] > 0 ? 1 : 0];
    findings.push(
      find(
        "VALUE_DECIDES_CLASS",
        `'${name}' = ${value} occurs only on ${className} rows: all ${total.toLocaleString("en-US")} of them, ${percent(total / rows)} of the table, so that a model takes it as proof`,
        { column: name, count: total },
      ),
    );
  }
  return findings;
}

/** Whether no value of the column occurs with both classes, or one class lies wholly above the other. */
function columnDecides({ present, values, ranges }: ColumnSummary): boolean {
  if (values !== null) {
    let logChance = 0;
    for (const counts of values.values()) {
      if (counts[0] > 0 && counts[1] > 0) return false;
      // A value's first row may have either class; the others agree with it by chance.
      logChance += (counts[0] + counts[1] - 1) * logShare(counts, present);
    }
    return logChance < LOG_CHANCE;
  }
  if (ranges === null) return false;
  const [negative, positive] = ranges;
  const apart = negative.maximum < positive.minimum || positive.maximum < negative.minimum;
  // Of the n over m ways to choose the rarer class, at least (n / m) to the m, two would do.
  const rarer = Math.min(present[0], present[1]);
  return apart && rarer * Math.log(rarer / (present[0] + present[1])) < LOG_CHANCE;
}

/** Logarithm of the share, among all rows with a value, of the class that these counts are of. */
function logShare(counts: Readonly<ClassCounts>, present: Readonly<ClassCounts>): number {
  const side = counts[1] > 0 ? 1 : 0;
  return Math.log(present[side] / (present[0] + present[1]));
}
