import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { cellValue, type Table } from "@gillnet/entity";
import { readParquet } from "../src/read-parquet.ts";
import type { ColumnLayout, TableLayout } from "../src/read-table.ts";

const FIXTURES = join(import.meta.dirname, "fixtures", "parquet");
const TYPES = join(FIXTURES, "types.parquet");
const folder = mkdtempSync(join(tmpdir(), "gillnet-read-parquet-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function layoutOf(
  kind: ColumnLayout["kind"],
  names: readonly string[],
  missingMarkers: readonly string[] = [],
): TableLayout {
  return { columns: names.map((name) => ({ name, kind })), missingMarkers };
}

function columnsOf(table: Table): Record<string, (number | string | null)[]> {
  return Object.fromEntries(
    table.columns.map((column) => [
      column.name,
      Array.from({ length: table.rowCount }, (_, row) => cellValue(column, row)),
    ]),
  );
}

describe("types of every kind, as PyArrow writes them", () => {
  test("as numbers", async () => {
    const expected = {
      int8: [1, -1, null],
      int64: [1, 9007199254740992, -5],
      uint64: [1, 18446744073709552000, null],
      float16: [0.5, 1.5, null],
      float32: [Math.fround(0.1), 2.5, null],
      float64: [0.1, 0, 1e21],
      nan: [null, 1, null],
      decimal: [0.1, -12345678901234568, null],
      boolean: [1, 0, null],
      text: [1, null, null],
      nulls: [null, null, null],
      "after the struct": [7, 8, 9],
    };
    const read = await readParquet(TYPES, {
      layout: layoutOf("numeric", Object.keys(expected), ["NA"]),
    });
    expect(columnsOf(read.table)).toEqual(expected);
    expect([...read.sourceRows]).toEqual([1, 2, 3]);
    expect(read.rejectedRows).toBe(0);
    expect(read.unknownColumns).toContain("struct");
    const float64 = read.table.columns[5] as { values: Float64Array };
    expect(Object.is(float64.values[1], 0)).toBe(true);
  });

  test("as categories", async () => {
    const expected = {
      int64: ["1", "9007199254740993", "-5"],
      uint64: ["1", "18446744073709551615", null],
      float32: ["0.1", "2.5", null],
      float64: ["0.1", "0", "1e+21"],
      nan: [null, "1", null],
      decimal: ["0.1", "-12345678901234567.89", null],
      boolean: ["true", "false", null],
      text: ["1", null, null],
      "large text": ["a", "b", null],
      dictionary: ["k", "k", "l"],
      bytes: ["a", "b", null],
      date: ["2024-01-02", "2024-01-02", "2024-01-02"],
      time: ["03:04:05", "03:04:05", "03:04:05"],
      timestamp: ["2024-01-02 03:04:05", "2024-01-02 03:04:05", "2024-01-02 03:04:05"],
      "timestamp utc": Array.from({ length: 3 }, () => "2024-01-02 03:04:05+00"),
      nulls: [null, null, null],
    };
    const read = await readParquet(TYPES, {
      layout: layoutOf("categorical", Object.keys(expected), ["NA"]),
    });
    expect(columnsOf(read.table)).toEqual(expected);
  });

  test("a number that is a marker is missing, both ways", async () => {
    const markers = ["-5", "0.1"];
    const names = ["int64", "float64"];
    const numeric = await readParquet(TYPES, { layout: layoutOf("numeric", names, markers) });
    expect(columnsOf(numeric.table)).toEqual({
      int64: [1, 9007199254740992, null],
      float64: [null, 0, 1e21],
    });
    const categorical = await readParquet(TYPES, {
      layout: layoutOf("categorical", names, markers),
    });
    expect(columnsOf(categorical.table)).toEqual({
      int64: ["1", "9007199254740993", null],
      float64: [null, "0", "1e+21"],
    });
  });

  test("rows with what is no finite number are rejected, the leftmost fault first", async () => {
    const rejectedPath = join(folder, "rejected.csv");
    const read = await readParquet(TYPES, {
      layout: layoutOf("numeric", ["words", "infinite", "int8"]),
      rejectedPath,
    });
    expect(columnsOf(read.table)).toEqual({ words: [1], infinite: [1], int8: [1] });
    const reason = "Not a finite number";
    expect(read.rejectedExamples).toEqual([
      { sourceRow: 2, line: null, column: "infinite", value: "Infinity", reason },
      { sourceRow: 3, line: null, column: "infinite", value: "-Infinity", reason },
    ]);
    expect(readFileSync(rejectedPath, "utf8")).toBe(
      `source_row,line,column,value,reason\n2,,infinite,Infinity,${reason}\n3,,infinite,-Infinity,${reason}\n`,
    );
    const words = await readParquet(TYPES, { layout: layoutOf("numeric", ["words"]) });
    expect(words.rejectedExamples).toEqual([
      { sourceRow: 2, line: null, column: "words", value: "two", reason },
    ]);
    expect([...words.sourceRows]).toEqual([1, 3]);
  });

  test.each([
    ["list", "numeric", "BIGINT[]"],
    ["struct", "categorical", 'STRUCT("x" BIGINT, "y" STRUCT("z" BIGINT))'],
    ["date", "numeric", "DATE"],
  ] as const)("%s cannot be read as %s", async (name, kind, type) => {
    await expect(readParquet(TYPES, { layout: layoutOf(kind, [name]) })).rejects.toMatchObject({
      code: "TABLE_COLUMN_TYPE",
      details: { column: name, type },
    });
  });
});

test("names that differ in case only are told apart", async () => {
  const path = join(FIXTURES, "names-differ-in-case.parquet");
  const read = await readParquet(path, { layout: layoutOf("categorical", ["a", "A"]) });
  expect(columnsOf(read.table)).toEqual({ a: ["x", "y", null], A: ["1", "2", null] });
  await expect(
    readParquet(path, { layout: layoutOf("categorical", ["a"]), matchCase: false }),
  ).rejects.toMatchObject({ code: "TABLE_COLUMN_DUPLICATE" });
});

test("a file without rows is a table without rows", async () => {
  const read = await readParquet(join(FIXTURES, "no-rows.parquet"), {
    layout: {
      columns: [
        { name: "b", kind: "categorical" },
        { name: "a", kind: "numeric" },
      ],
      missingMarkers: [],
    },
  });
  expect(read.table.rowCount).toBe(0);
  expect(columnsOf(read.table)).toEqual({ b: [], a: [] });
});

test.each([
  ["names-equal.parquet", "TABLE_COLUMN_DUPLICATE"],
  ["csv.parquet", "TABLE_PARQUET_UNREADABLE"],
  ["empty.parquet", "TABLE_PARQUET_UNREADABLE"],
  ["truncated.parquet", "TABLE_PARQUET_UNREADABLE"],
  ["no-rows.parquet", "TABLE_COLUMN_MISSING"],
  ["not-there.parquet", "TABLE_FILE_NOT_FOUND"],
  ["", "TABLE_FILE_UNREADABLE"],
])("%s is refused with %s", async (file, code) => {
  await expect(
    readParquet(join(FIXTURES, file), { layout: layoutOf("categorical", ["A"]) }),
  ).rejects.toMatchObject({ code });
});

test("text that is no UTF-8 is a damaged file, when it is read at all", async () => {
  await expect(
    readParquet(TYPES, { layout: layoutOf("categorical", ["bad bytes"]) }),
  ).rejects.toMatchObject({ code: "TABLE_PARQUET_UNREADABLE" });
});

test("paths are no globs, URLs, quotes or partitions", async () => {
  const odd = join(folder, "key=5", "s3:", "it's");
  mkdirSync(odd, { recursive: true });
  const decoy = join(FIXTURES, "no-rows.parquet");
  const names = [
    "a*.parquet",
    "a[!b].parquet",
    "a?.parquet",
    "**",
    "[",
    "{a,b}",
    'q"uote',
    "a b;--",
  ];
  for (const name of ["a1.parquet", "ab.parquet", "a", "b"]) copyFileSync(decoy, join(odd, name));
  for (const name of names) copyFileSync(TYPES, join(odd, name));
  for (const name of names) {
    const read = await readParquet(join(odd, name), { layout: layoutOf("numeric", ["int8"]) });
    expect([name, columnsOf(read.table)]).toEqual([name, { int8: [1, -1, null] }]);
    expect(read.unknownColumns).not.toContain("key");
  }
  for (const url of ["https://127.0.0.1:1/x.parquet", "s3://bucket/x.parquet"]) {
    await expect(readParquet(url, { layout: layoutOf("numeric", ["int8"]) })).rejects.toMatchObject(
      { code: "TABLE_FILE_NOT_FOUND" },
    );
  }
});

describe("a file of many row groups", () => {
  const rows = 300_000;
  const path = join(folder, "long.parquet");
  beforeAll(async () => {
    const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT range AS id, CASE WHEN range % 70000 = 69999 THEN 'x' ELSE (range % 7)::VARCHAR END AS few, 'text ' || range AS many, CASE WHEN range % 3 = 0 THEN NULL ELSE range % 5 END AS part FROM range(${rows})) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 20000)`,
    );
    connection.closeSync();
    instance.closeSync();
  });

  test("is read in its order, by dictionary or by text", async () => {
    const { table, sourceRows, rejectedExamples } = await readParquet(path, {
      layout: {
        columns: [
          { name: "id", kind: "numeric" },
          { name: "few", kind: "numeric" },
          { name: "many", kind: "categorical" },
          { name: "part", kind: "categorical" },
        ],
        missingMarkers: ["3"],
      },
    });
    expect(rejectedExamples.map((row) => row.sourceRow)).toEqual([70000, 140000, 210000, 280000]);
    expect(table.rowCount).toBe(rows - 4);
    const [id, few, many, part] = table.columns;
    let wrong = 0;
    for (let row = 0; row < table.rowCount; row++) {
      const source = (sourceRows[row] as number) - 1;
      const digit = source % 7 === 3 ? null : source % 7;
      const cell = source % 3 === 0 || source % 5 === 3 ? null : String(source % 5);
      const right =
        id !== undefined &&
        few !== undefined &&
        many !== undefined &&
        part !== undefined &&
        cellValue(id, row) === (source === 3 ? null : source) &&
        cellValue(few, row) === digit &&
        cellValue(many, row) === `text ${source}` &&
        cellValue(part, row) === cell;
      if (!right) wrong++;
    }
    expect(wrong).toBe(0);
  });

  test("an abort interrupts with its reason", async () => {
    const controller = new AbortController();
    const reading = readParquet(path, {
      layout: layoutOf("categorical", ["many"]),
      signal: controller.signal,
    });
    const reason = new Error("enough");
    setImmediate(() => controller.abort(reason));
    await expect(reading).rejects.toBe(reason);
    await expect(
      readParquet(path, { layout: layoutOf("numeric", ["id"]), signal: controller.signal }),
    ).rejects.toBe(reason);
  });

  test("nothing is left behind", () => {
    expect(readdirSync(folder).sort()).toEqual(["key=5", "long.parquet", "rejected.csv"]);
  });
});
