import { classOfLabel, findColumn, PipelineError } from "@gillnet/entity";
import type { CategoricalColumn, DatasetSchema, NumericColumn, Table } from "@gillnet/entity";
import type { ColumnLayout } from "./read-table.ts";
import { readParquet } from "./read-parquet.ts";

/** The columns that ingestion adds to its Parquet files: the row's number in the source, and its group. */
export const SOURCE_ROW_COLUMN = "__source_row";
export const GROUP_COLUMN = "__group";

/** One part (train or test) as ingestion left it. Arrays have one entry a row. */
export interface IngestedPart {
  /** The features, the label, the weight and the two added columns. */
  readonly table: Table;
  /** The label's own text; none missing. */
  readonly labels: CategoricalColumn;
  /** 1 is the positive class. */
  readonly classes: Uint8Array;
  /** How many rows a row counts for, above 0; 1 when the schema declares no weight column. */
  readonly weights: Float64Array;
  /** 1-based data row in the source. */
  readonly sourceRows: Float64Array;
  /** The split's group. */
  readonly groups: Float64Array;
}

/**
 * Reads one of the Parquet files that ingestion wrote for `schema`.
 *
 * @throws TABLE_PART_BAD for a label of neither class; what `readParquet` throws.
 */
export async function readIngestedPart(
  path: string,
  schema: DatasetSchema,
  signal: AbortSignal,
): Promise<IngestedPart> {
  const columns = new Map<string, ColumnLayout["kind"]>();
  for (const feature of schema.features) columns.set(feature.name, feature.kind);
  columns.set(schema.label.column, "categorical");
  for (const added of [SOURCE_ROW_COLUMN, GROUP_COLUMN]) columns.set(added, "numeric");
  if (schema.weight !== undefined) columns.set(schema.weight, "numeric");
  // Ingestion has already turned the schema's missing markers into empty cells.
  const layout = {
    columns: Array.from(columns, ([name, kind]) => ({ name, kind })),
    missingMarkers: [],
  };
  const { table } = await readParquet(path, { layout, signal });
  // The reader gives every column of the layout in its declared kind: the casts hold.
  const numbersOf = (column: string): Float64Array =>
    (findColumn(table, column) as NumericColumn).values;
  const labels = findColumn(table, schema.label.column) as CategoricalColumn;
  return {
    table,
    labels,
    classes: readClasses(labels, schema),
    weights:
      schema.weight === undefined
        ? new Float64Array(table.rowCount).fill(1)
        : numbersOf(schema.weight),
    sourceRows: numbersOf(SOURCE_ROW_COLUMN),
    groups: numbersOf(GROUP_COLUMN),
  };
}

function readClasses({ codes, categories }: CategoricalColumn, schema: DatasetSchema): Uint8Array {
  const classOfCode = categories.map((text) => classOfLabel(schema.label, text));
  return Uint8Array.from(codes, (code) => {
    const known = classOfCode[code];
    if (known !== undefined) return known;
    throw new PipelineError(
      "TABLE_PART_BAD",
      `Ingested rows must have a label of one of the two classes, got '${categories[code] ?? ""}'`,
      { hint: "Run ingestion again", details: { column: schema.label.column } },
    );
  });
}
