import type { Table } from "@gillnet/entity";
import type { ReadTable } from "@gillnet/table";

import { acceptRows } from "../src/accept-rows.ts";
import { schemaOf } from "./schemas.ts";
import { categorical, numeric, tableOf } from "./tables.ts";

const lenient = { policy: "quarantine", maximum_share: 1 } as const;

function readTable(table: Table, changes: Partial<ReadTable> = {}): ReadTable {
  return {
    table,
    sourceRows: Int32Array.from({ length: table.rowCount }, (_, row) => 2 * row + 1),
    rejectedRows: 0,
    rejectedExamples: [],
    unknownColumns: [],
    ...changes,
  };
}

const labelled = (labels: readonly (string | null)[], weights?: readonly number[]): Table =>
  tableOf(
    numeric("Size", [...labels.keys()]),
    categorical("Label", labels),
    ...(weights ? [numeric("Times", weights)] : []),
  );

test("gives classes and weights, and sets rows without label or weight aside", () => {
  const table = labelled(["yes", null, "no", "no", "yes", "yes"], [1, 1, 0.5, Number.NaN, 0, -2]);
  const accepted = acceptRows(readTable(table), schemaOf({ weight: "Times" }), lenient);
  expect([...accepted.classes]).toEqual([1, 0]);
  expect([...(accepted.weights ?? [])]).toEqual([1, 0.5]);
  expect([...accepted.sourceRows]).toEqual([1, 5]);
  expect(accepted.table).toEqual({
    ...tableOf(
      numeric("Size", [0, 2]),
      categorical("Label", ["yes", "no"]),
      numeric("Times", [1, 0.5]),
    ),
  });
  const rejected = { line: null, column: "Times" };
  expect(accepted.rejected).toEqual([
    { sourceRow: 3, line: null, column: "Label", value: null, reason: "The label is missing" },
    { ...rejected, sourceRow: 7, value: null, reason: "The weight is missing" },
    { ...rejected, sourceRow: 9, value: "0", reason: "The weight is not greater than 0" },
    { ...rejected, sourceRow: 11, value: "-2", reason: "The weight is not greater than 0" },
  ]);
});

test("without anything to set aside the table stays as it is", () => {
  const read = readTable(labelled(["yes", "no"]));
  const accepted = acceptRows(read, schemaOf(), { policy: "fail", maximum_share: 0 });
  expect(accepted.table).toBe(read.table);
  expect(accepted.weights).toBeUndefined();
  expect(accepted.rejected).toEqual([]);
});

test("one class may take all other values", () => {
  const schema = schemaOf({
    label: {
      column: "Label",
      positive: { name: "spam", values: null },
      negative: { name: "ham", values: ["no"] },
    },
  });
  const { classes } = acceptRows(readTable(labelled(["yes", "no", "maybe"])), schema, lenient);
  expect([...classes]).toEqual([1, 0, 1]);
});

test("values of neither class are an error that counts them", () => {
  const labels = ["yes", "no", "maybe", "perhaps", "perhaps"];
  expect(() => acceptRows(readTable(labelled(labels)), schemaOf(), lenient)).toThrow(
    expect.objectContaining({
      code: "INGESTION_LABEL_UNKNOWN",
      message:
        "The label column 'Label' holds values of neither class: 'perhaps' (2 rows), 'maybe' (1 row)",
      hint: expect.stringContaining("'yes' to spam and 'no' to ham"),
    }),
  );
});

describe("too many rejected rows", () => {
  const example = { sourceRow: 4, line: 5, column: "Size", value: "x", reason: "Not a number" };
  const read = readTable(labelled(["yes", "no", null]), {
    rejectedRows: 1,
    rejectedExamples: [example],
  });

  test("are an error that shows the first", () => {
    expect(() =>
      acceptRows(read, schemaOf(), { policy: "quarantine", maximum_share: 0.49 }),
    ).toThrow(
      expect.objectContaining({
        code: "INGESTION_TOO_MANY_REJECTED",
        message:
          "2 rows of 4 (50 %) were rejected, and ingestion.rejected.maximum_share allows 49 %. The first of them: row 4, line 5, column 'Size', value 'x': Not a number; row 5, column 'Label': The label is missing",
      }),
    );
  });

  test("are as many as allowed at most", () => {
    const accepted = acceptRows(read, schemaOf(), { policy: "quarantine", maximum_share: 0.5 });
    expect(accepted.table.rowCount).toBe(2);
  });

  test("are any, when the policy is to fail", () => {
    expect(() => acceptRows(read, schemaOf(), { policy: "fail", maximum_share: 1 })).toThrow(
      expect.objectContaining({ code: "INGESTION_TOO_MANY_REJECTED" }),
    );
  });
});

test("no rows and one class are errors", () => {
  expect(() => acceptRows(readTable(labelled([])), schemaOf(), lenient)).toThrow(
    expect.objectContaining({ code: "INGESTION_EMPTY" }),
  );
  expect(() => acceptRows(readTable(labelled(["no", "no"])), schemaOf(), lenient)).toThrow(
    expect.objectContaining({
      code: "INGESTION_ONE_CLASS",
      message: "All 2 rows belong to the class ham, none to spam (column 'Label', 'yes')",
    }),
  );
});
