import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cellValue, type Table } from "@gillnet/entity";
import { readCsv } from "../src/read-csv.ts";
import type { ColumnLayout, RejectedRow, TableLayout } from "../src/read-table.ts";

/** One case: `name.csv`, and in `name.json` how it is read and what comes out. */
interface Case {
  readonly about: string;
  readonly columns: Readonly<Record<string, ColumnLayout["kind"]>>;
  readonly missingMarkers?: readonly string[];
  readonly matchCase?: boolean;
  readonly expected: {
    readonly rows?: readonly (readonly (number | string | null)[])[];
    /** Absent: 1, 2, 3 ... */
    readonly sourceRows?: readonly number[];
    readonly rejected?: readonly RejectedRow[];
    readonly unknownColumns?: readonly string[];
    readonly categories?: Readonly<Record<string, readonly string[]>>;
    readonly error?: string;
    readonly message?: string;
    readonly hint?: string;
  };
}

const FIXTURES = join(import.meta.dirname, "fixtures", "csv");
const folder = mkdtempSync(join(tmpdir(), "gillnet-read-csv-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function layoutOf(
  columns: Readonly<Record<string, ColumnLayout["kind"]>>,
  missingMarkers: readonly string[] = [],
): TableLayout {
  return {
    columns: Object.entries(columns).map(([name, kind]) => ({ name, kind })),
    missingMarkers,
  };
}

function rowsOf(table: Table): (number | string | null)[][] {
  return Array.from({ length: table.rowCount }, (_, row) =>
    table.columns.map((column) => cellValue(column, row)),
  );
}

const names = readdirSync(FIXTURES)
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.slice(0, -".json".length));

test("every CSV fixture has its expectation", () => {
  const files = readdirSync(FIXTURES).filter((file) => file.endsWith(".csv"));
  expect(files.map((file) => file.slice(0, -".csv".length))).toEqual(names);
});

test.each(names)("%s", async (name) => {
  const { columns, missingMarkers, matchCase, expected } = JSON.parse(
    readFileSync(join(FIXTURES, `${name}.json`), "utf8"),
  ) as Case;
  const rejectedPath = join(folder, `${name}.csv`);
  const reading = readCsv(join(FIXTURES, `${name}.csv`), {
    layout: layoutOf(columns, missingMarkers),
    rejectedPath,
    ...(matchCase === undefined ? {} : { matchCase }),
  });
  if (expected.error !== undefined) {
    await expect(reading).rejects.toMatchObject({
      code: expected.error,
      ...(expected.message === undefined ? {} : { message: expected.message }),
      ...(expected.hint === undefined ? {} : { hint: expected.hint }),
    });
    return;
  }
  const read = await reading;
  const rows = expected.rows ?? [];
  const rejected = expected.rejected ?? [];
  expect(rowsOf(read.table)).toEqual(rows);
  expect(read.table.columns.map((column) => column.name)).toEqual(Object.keys(columns));
  expect([...read.sourceRows]).toEqual(expected.sourceRows ?? rows.map((_, row) => row + 1));
  expect(read.rejectedRows).toBe(rejected.length);
  expect(read.rejectedExamples).toEqual(rejected.slice(0, 10));
  expect(read.unknownColumns).toEqual(expected.unknownColumns ?? []);
  for (const column of read.table.columns) {
    if (column.kind === "categorical") {
      expect(column.categories).toEqual(
        expected.categories?.[column.name] ?? [...column.categories].sort(),
      );
    }
  }

  // The file of rejected rows, read back.
  expect(existsSync(rejectedPath)).toBe(rejected.length > 0);
  if (rejected.length > 0) {
    const written = await readCsv(rejectedPath, {
      layout: layoutOf({
        source_row: "numeric",
        line: "numeric",
        column: "categorical",
        reason: "categorical",
      }),
    });
    expect(rowsOf(written.table)).toEqual(
      rejected.map(({ sourceRow, line, column, reason }) => [sourceRow, line, column, reason]),
    );
  }
});

describe("beyond one window and one block", () => {
  const rows = 200_000;
  const path = join(folder, "long.csv");
  beforeAll(() => {
    const lines = ["id,text"];
    for (let i = 0; i < rows; i++) {
      if (i % 1000 === 7) lines.push(`bad,${i}`);
      else if (i % 1000 === 8) lines.push(`${i}`);
      else if (i % 1000 === 9) lines.push(`${i},"line\nof ""${i % 13}"""`);
      else lines.push(`${i},t${i % 13}`);
    }
    writeFileSync(path, lines.join("\r\n"));
  });

  test("order, source rows and every rejected row are kept", async () => {
    const rejectedPath = join(folder, "long-rejected.csv");
    const { table, sourceRows, rejectedRows, rejectedExamples } = await readCsv(path, {
      layout: layoutOf({ id: "numeric", text: "categorical" }),
      rejectedPath,
    });
    expect(table.rowCount).toBe(rows - 400);
    expect(rejectedRows).toBe(400);
    expect(rejectedExamples.length).toBe(10);
    const ids = table.columns[0] as { values: Float64Array };
    expect(sourceRows.every((sourceRow, i) => ids.values[i] === sourceRow - 1)).toBe(true);
    const written = readFileSync(rejectedPath, "utf8").trimEnd().split("\n");
    expect(written.length).toBe(401);
    // 199 rows of the file have one line more: 007 (line 9), 008, 009 (two lines), then a thousand further on.
    expect(written.slice(0, 4)).toEqual([
      "source_row,line,column,value,reason",
      "8,9,id,bad,Not a number",
      `9,10,,8,"Has 1 cell, the header has 2"`,
      "1008,1010,id,bad,Not a number",
    ]);
    expect(written[400]).toBe(`199009,199209,,199008,"Has 1 cell, the header has 2"`);
  });

  test("an abort stops the reading with its reason", async () => {
    const controller = new AbortController();
    const reading = readCsv(path, {
      layout: layoutOf({ id: "numeric" }),
      signal: controller.signal,
    });
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
  });
});

test("long values are cut in what is kept of a rejected row", async () => {
  const path = join(folder, "long-value.csv");
  writeFileSync(path, `a\n${"é".repeat(100_000)}\n1\n`);
  const { rejectedExamples } = await readCsv(path, { layout: layoutOf({ a: "numeric" }) });
  expect(rejectedExamples[0]?.value).toBe(`${"é".repeat(1000)}…`);
});

test.each([
  ["no/such/file.csv", "TABLE_FILE_NOT_FOUND"],
  [".", "TABLE_FILE_UNREADABLE"],
])("%s is refused with %s", async (path, code) => {
  await expect(
    readCsv(join(folder, path), { layout: layoutOf({ a: "numeric" }) }),
  ).rejects.toMatchObject({ code });
});

test("a rejected row that cannot be written down is an error", async () => {
  const path = join(FIXTURES, "ragged.csv");
  const rejectedPath = join(folder, "no/such/folder.csv");
  await expect(
    readCsv(path, { layout: layoutOf({ a: "numeric" }), rejectedPath }),
  ).rejects.toMatchObject({ code: "TABLE_FILE_UNWRITABLE" });
});
