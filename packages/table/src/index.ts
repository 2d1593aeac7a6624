export { tableErrors } from "./errors.ts";
export { GROUP_COLUMN, readIngestedPart, SOURCE_ROW_COLUMN } from "./ingested-part.ts";
export type { IngestedPart } from "./ingested-part.ts";
export { readCsv } from "./read-csv.ts";
export { readNpy } from "./read-npy.ts";
export { readParquet } from "./read-parquet.ts";
export { readRows } from "./read-rows.ts";
export type { CellValue, NoCell, RowValues, RowsOptions } from "./read-rows.ts";
export type {
  ColumnLayout,
  ReadOptions,
  ReadTable,
  RejectedRow,
  TableLayout,
} from "./read-table.ts";
export { writeCsv } from "./write-csv.ts";
export { writeNpy } from "./write-npy.ts";
export { writeParquet } from "./write-parquet.ts";
