import { findColumn, PipelineError } from "@gillnet/entity";
import type { Column, DatasetSchema, SeededRandom, SplitDescription, Table } from "@gillnet/entity";

import type { DistinctRows } from "../distinct-rows.ts";
import type { IngestionParams } from "../params.ts";
import { groupRows } from "./group-rows.ts";
import { splitAtRandom } from "./split-at-random.ts";
import { splitByGroup } from "./split-by-group.ts";
import type { Split } from "./split.ts";

/** What the split looks at; everything per row. */
export interface RowsToDeal {
  readonly table: Table;
  readonly classes: Uint8Array;
  readonly weights: Float64Array | undefined;
  /** Distinct feature vectors. */
  readonly vectors: DistinctRows;
  /** Distinct rows over all columns. */
  readonly wholeRows: DistinctRows;
}

/** The two sides, and what kept rows together. */
export interface DealtRows {
  readonly split: Split;
  /** One id a row: rows that share it are on one side, unless the split was random. */
  readonly groups: DistinctRows;
  readonly description: SplitDescription;
}

/**
 * Splits as the params say; `auto` means by group when the schema has a group column, else by vector.
 *
 * @throws PipelineError INGESTION_NO_GROUP_COLUMN, INGESTION_TOO_FEW_GROUPS.
 */
export function dealRows(
  rows: RowsToDeal,
  schema: DatasetSchema,
  params: IngestionParams["split"],
  random: SeededRandom,
): DealtRows {
  const by = params.by === "auto" ? (schema.group === undefined ? "vector" : "group") : params.by;
  const groups =
    by === "group" ? groupRows(rows.vectors, groupColumnOf(rows.table, schema)) : rows.vectors;
  const split =
    by === "random"
      ? splitAtRandom({ rows: rows.wholeRows, classes: rows.classes }, params.test_share, random)
      : splitByGroup(
          {
            groups,
            classes: rows.classes,
            ...(rows.weights && { weights: rows.weights }),
            groupNoun: by === "group" ? "groups" : "distinct feature vectors",
          },
          params.test_share,
          random,
        );
  const trainGroups = membership(split.train, groups);
  const testGroups = membership(split.test, groups);
  const trainVectors = membership(split.train, rows.vectors);
  return {
    split,
    groups,
    description: {
      by,
      testShare: params.test_share,
      trainRows: split.train.length,
      testRows: split.test.length,
      trainGroups: sum(trainGroups),
      testGroups: sum(testGroups),
      leakedTestRows: split.test.reduce(
        (count, row) => count + (trainVectors[rows.vectors.ids[row] as number] as number),
        0,
      ),
    },
  };
}

function groupColumnOf(table: Table, schema: DatasetSchema): Column {
  const column = schema.group === undefined ? undefined : findColumn(table, schema.group);
  if (column === undefined) {
    throw new PipelineError(
      "INGESTION_NO_GROUP_COLUMN",
      "ingestion.split.by is group, and the schema declares no group column",
      {
        hint: "Declare the group column in the schema, or set ingestion.split.by to auto or vector",
      },
    );
  }
  return column;
}

/** 1 for each id that one of the rows has. */
function membership(rows: Int32Array, { ids, count }: DistinctRows): Uint8Array {
  const occurs = new Uint8Array(count);
  for (const row of rows) occurs[ids[row] as number] = 1;
  return occurs;
}

function sum(values: Uint8Array): number {
  return values.reduce((total, value) => total + value, 0);
}
