import { PipelineError } from "@gillnet/entity";
import type { DatasetSchema } from "@gillnet/entity";
import { GROUP_COLUMN, SOURCE_ROW_COLUMN } from "@gillnet/table";
import type { ColumnLayout, TableLayout } from "@gillnet/table";

/**
 * The columns that are read: features in the schema's order, then label, id, time, group and weight where
 * declared. Labels, ids, times and groups are text, weights are numbers. Ignored columns are not read.
 *
 * @throws PipelineError INGESTION_RESERVED_COLUMN when the schema declares a name that ingestion adds itself.
 */
export function layoutOf(schema: DatasetSchema): TableLayout {
  const columns = new Map<string, ColumnLayout>();
  const add = (name: string | undefined, kind: ColumnLayout["kind"]): void => {
    // A column may have two roles, as a feature that is the group too: the first decides its kind, save that
    // weights are numbers whatever else they are.
    if (name === undefined || columns.has(name)) return;
    columns.set(name, { name, kind: name === schema.weight ? "numeric" : kind });
  };
  for (const { name, kind } of schema.features) add(name, kind);
  add(schema.label.column, "categorical");
  add(schema.id, "categorical");
  add(schema.time, "categorical");
  add(schema.group, "categorical");
  add(schema.weight, "numeric");
  for (const reserved of [SOURCE_ROW_COLUMN, GROUP_COLUMN]) {
    if (columns.has(reserved)) {
      throw new PipelineError(
        "INGESTION_RESERVED_COLUMN",
        `The schema declares the column ${reserved}, a name that ingestion adds itself`,
        { hint: "Rename the column in the source and in the schema" },
      );
    }
  }
  return { columns: [...columns.values()], missingMarkers: schema.missingMarkers };
}
