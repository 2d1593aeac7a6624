import {
  cellValue,
  classOfLabel,
  countOf,
  findColumn,
  percent,
  PipelineError,
  quoted,
  takeRows,
} from "@gillnet/entity";
import type { CategoricalColumn, DatasetSchema, NumericColumn, Table } from "@gillnet/entity";
import type { ReadTable, RejectedRow } from "@gillnet/table";

import type { IngestionParams } from "./params.ts";

/** The rows that the later stages may use. */
export interface AcceptedRows {
  readonly table: Table;
  /** 1-based data row in the source, per row. */
  readonly sourceRows: Int32Array;
  /** 1 for the positive class, 0 for the negative one, per row. */
  readonly classes: Uint8Array;
  /** Per row, where the schema declares a weight column. */
  readonly weights: Float64Array | undefined;
  /** Rows rejected here, beyond those that could not be read. */
  readonly rejected: readonly RejectedRow[];
}

const EXAMPLES = 10;

/** Why a row is rejected here. */
const REASONS = {
  1: "The label is missing",
  2: "The weight is missing",
  3: "The weight is not greater than 0",
} as const;
type ReasonCode = keyof typeof REASONS;

/**
 * Takes out the rows without a label or without a usable weight, and gives the others their classes.
 *
 * @throws PipelineError INGESTION_LABEL_UNKNOWN when labels belong to neither class;
 *   INGESTION_TOO_MANY_REJECTED when more rows were rejected, here and in reading, than params allow;
 *   INGESTION_EMPTY when no row is left; INGESTION_ONE_CLASS when one class has none.
 */
export function acceptRows(
  read: ReadTable,
  schema: DatasetSchema,
  params: IngestionParams["rejected"],
): AcceptedRows {
  const { table } = read;
  const label = findColumn(table, schema.label.column) as CategoricalColumn;
  const weight =
    schema.weight === undefined
      ? undefined
      : (findColumn(table, schema.weight) as NumericColumn | undefined);
  const classOfCode = classesOfCategories(label, schema);

  const reasons = new Uint8Array(table.rowCount);
  let rejectedHere = 0;
  for (let row = 0; row < table.rowCount; row++) {
    const reason = reasonToReject(row, label, weight);
    if (reason === 0) continue;
    reasons[row] = reason;
    rejectedHere++;
  }
  const describe = (row: number): RejectedRow => {
    const reason = reasons[row] as ReasonCode;
    const column = reason === 1 ? label : (weight as NumericColumn);
    return {
      sourceRow: read.sourceRows[row] as number,
      line: null,
      column: column.name,
      value: textOf(cellValue(column, row)),
      reason: REASONS[reason],
    };
  };
  checkRejected(read, reasons, rejectedHere, describe, params);

  const { kept, rejected } = partition(reasons, rejectedHere);
  const classes = Uint8Array.from(kept, (row) => classOfCode[label.codes[row] as number] as number);
  checkClasses(classes, schema);
  return {
    table: rejectedHere === 0 ? table : takeRows(table, kept),
    sourceRows: Int32Array.from(kept, (row) => read.sourceRows[row] as number),
    classes,
    weights: weight && Float64Array.from(kept, (row) => weight.values[row] as number),
    rejected: rejected.map(describe),
  };
}

function partition(
  reasons: Uint8Array,
  rejectedRows: number,
): { readonly kept: Uint32Array; readonly rejected: readonly number[] } {
  const kept = new Uint32Array(reasons.length - rejectedRows);
  const rejected: number[] = [];
  let next = 0;
  for (let row = 0; row < reasons.length; row++) {
    if (reasons[row] === 0) kept[next++] = row;
    else rejected.push(row);
  }
  return { kept, rejected };
}

/** The class of each category of the label column. */
function classesOfCategories(label: CategoricalColumn, schema: DatasetSchema): Uint8Array {
  const counts = new Int32Array(label.categories.length);
  for (const code of label.codes) {
    if (code >= 0) counts[code] = (counts[code] as number) + 1;
  }
  const classes = label.categories.map((text) => classOfLabel(schema.label, text));
  const unknown = label.categories
    .map((value, code) => ({ value, count: counts[code] as number, cls: classes[code] }))
    .filter(({ count, cls }) => cls === undefined && count > 0)
    .sort((a, b) => b.count - a.count);
  if (unknown.length > 0) {
    const shown = unknown
      .slice(0, EXAMPLES)
      .map(({ value, count }) => `${quoted(value)} (${countOf(count, "row")})`);
    const more = unknown.length - shown.length;
    const { positive, negative } = schema.label;
    throw new PipelineError(
      "INGESTION_LABEL_UNKNOWN",
      `The label column '${label.name}' holds values of neither class: ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
      {
        hint: `The schema gives ${valuesOf(positive.values)} to ${positive.name} and ${valuesOf(negative.values)} to ${negative.name}: add the values to one of them, or correct the rows`,
        details: {
          column: label.name,
          distinct: unknown.length,
          values: unknown.slice(0, EXAMPLES).map(({ value, count }) => ({ value, count })),
        },
      },
    );
  }
  return Uint8Array.from(classes, (cls) => cls ?? 0);
}

function valuesOf(values: readonly string[] | null): string {
  return values === null ? "all other values" : values.map((value) => `'${value}'`).join(", ");
}

function reasonToReject(
  row: number,
  label: CategoricalColumn,
  weight: NumericColumn | undefined,
): ReasonCode | 0 {
  if ((label.codes[row] as number) < 0) return 1;
  if (weight === undefined) return 0;
  const value = weight.values[row] as number;
  if (Number.isNaN(value)) return 2;
  return value > 0 ? 0 : 3;
}

function checkRejected(
  read: ReadTable,
  reasons: Uint8Array,
  rejectedHere: number,
  describe: (row: number) => RejectedRow,
  params: IngestionParams["rejected"],
): void {
  const rejected = read.rejectedRows + rejectedHere;
  const total = read.rejectedRows + read.table.rowCount;
  const allowed = params.policy === "fail" ? 0 : params.maximum_share;
  if (rejected <= allowed * total) return;
  const examples = read.rejectedExamples.slice(0, EXAMPLES);
  for (let row = 0; row < reasons.length && examples.length < EXAMPLES; row++) {
    if (reasons[row] !== 0) examples.push(describe(row));
  }
  const bound =
    params.policy === "fail"
      ? "ingestion.rejected.policy fail allows none"
      : `ingestion.rejected.maximum_share allows ${percent(params.maximum_share)}`;
  throw new PipelineError(
    "INGESTION_TOO_MANY_REJECTED",
    `${countOf(rejected, "row")} of ${total.toLocaleString("en-US")} (${percent(rejected / total)}) were rejected, and ${bound}. The first of them: ${examples.map(sentenceOf).join("; ")}`,
    {
      hint: "Correct these rows in the source, or set ingestion.rejected.policy quarantine and raise ingestion.rejected.maximum_share to go on without them; they are then listed in rejected/rows.csv",
      details: { rejected, total, allowed, examples },
    },
  );
}

/** "row 7, line 8, column 'x', value 'abc': not a number". */
function sentenceOf({ sourceRow, line, document, column, value, reason }: RejectedRow): string {
  const where = [
    `row ${sourceRow}`,
    line === null ? [] : `line ${line}`,
    document === undefined ? [] : `_id ${document}`,
    column === null ? [] : `column '${column}'`,
    value === null ? [] : `value ${quoted(value)}`,
  ];
  return `${where.flat().join(", ")}: ${reason}`;
}

function textOf(value: number | string | null): string | null {
  return value === null ? null : String(value);
}

function checkClasses(classes: Uint8Array, schema: DatasetSchema): void {
  if (classes.length === 0) {
    throw new PipelineError("INGESTION_EMPTY", "The source has no rows that could be used", {
      hint: "Check the source's file or path",
    });
  }
  const positives = classes.reduce((sum, cls) => sum + cls, 0);
  if (positives > 0 && positives < classes.length) return;
  const { column, positive, negative } = schema.label;
  const [all, none] = positives > 0 ? [positive, negative] : [negative, positive];
  throw new PipelineError(
    "INGESTION_ONE_CLASS",
    `All ${countOf(classes.length, "row")} belong to the class ${all.name}, none to ${none.name} (column '${column}', ${valuesOf(none.values)})`,
    {
      hint: "Check the label's values in the schema, and that the source holds both classes",
      details: { column, class: all.name, rows: classes.length },
    },
  );
}
