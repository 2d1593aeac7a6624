import { takeRows } from "@gillnet/entity";
import type { IngestionArtifact, StageContext, Table } from "@gillnet/entity";
import { GROUP_COLUMN, SOURCE_ROW_COLUMN, writeCsv, writeParquet } from "@gillnet/table";

import type { DealtRows } from "./split/deal-rows.ts";

/** Above it, tables are written as Parquet alone. */
const MAXIMUM_CSV_ROWS = 1_000_000;

/**
 * Writes the feature store and the two parts of the split; gives their paths relative to the stage's folder.
 *
 * @param sourceRows 1-based data row in the source, per row of the table.
 */
export async function writeFiles(
  table: Table,
  sourceRows: Int32Array,
  { split, groups }: DealtRows,
  context: Pick<StageContext, "output" | "signal">,
): Promise<Omit<IngestionArtifact["files"], "rejected">> {
  const withCsv = table.rowCount <= MAXIMUM_CSV_ROWS;
  const write = async (
    writer: typeof writeCsv,
    relativePath: string,
    content: Table,
  ): Promise<string> => {
    context.signal.throwIfAborted();
    await writer(context.output.path(relativePath), content);
    return relativePath;
  };

  const featureStore = await write(writeParquet, "feature_store/table.parquet", table);
  if (withCsv) await write(writeCsv, "feature_store/table.csv", table);

  const writePart = async (
    name: string,
    rows: Int32Array,
  ): Promise<{ parquet: string; csv: string | null }> => {
    const part = takeRows(table, rows);
    const tracked: Table = {
      ...part,
      columns: [
        ...part.columns,
        { kind: "numeric", name: SOURCE_ROW_COLUMN, values: pick(sourceRows, rows) },
        { kind: "numeric", name: GROUP_COLUMN, values: pick(groups.ids, rows) },
      ],
    };
    return {
      parquet: await write(writeParquet, `ingested/${name}.parquet`, tracked),
      csv: withCsv ? await write(writeCsv, `ingested/${name}.csv`, part) : null,
    };
  };
  const train = await writePart("train", split.train);
  const test = await writePart("test", split.test);
  return {
    featureStore,
    trainCsv: train.csv,
    testCsv: test.csv,
    train: train.parquet,
    test: test.parquet,
  };
}

function pick(values: Int32Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row] as number);
}
