import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { cellValue, SeededRandom, type Table } from "@gillnet/entity";
import { readParquet } from "../src/read-parquet.ts";
import { writeParquet } from "../src/write-parquet.ts";

const folder = mkdtempSync(join(tmpdir(), "gillnet-write-parquet-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Columns of every sort: numbers with gaps, few categories, more than a list takes, none at all. */
function randomTable(rowCount: number): Table {
  const random = new SeededRandom(3);
  const values = new Float64Array(rowCount);
  const few = new Int32Array(rowCount);
  const many = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    values[row] = random.integer(5) === 0 ? NaN : random.uniform() * 10 ** random.integer(20);
    few[row] = random.integer(4) - 1;
    many[row] = random.integer(601) - 1;
  }
  const texts = Array.from({ length: 600 }, (_, i) => `text ${String(i).padStart(3, "0")} é 😀`);
  return {
    rowCount,
    columns: [
      { kind: "numeric", name: "values", values },
      {
        kind: "categorical",
        name: 'it\'s, "few"',
        codes: few,
        categories: ["'", '"; DROP', "a\n\\n"].sort(),
      },
      { kind: "categorical", name: "many ä", codes: many, categories: texts },
      {
        kind: "categorical",
        name: "none",
        codes: new Int32Array(rowCount).fill(-1),
        categories: [],
      },
      { kind: "numeric", name: "SELECT", values: new Float64Array(rowCount).fill(NaN) },
    ],
  };
}

async function readBack(path: string, table: Table): Promise<Table> {
  const columns = table.columns.map(({ name, kind }) => ({ name, kind }));
  return (await readParquet(path, { layout: { columns, missingMarkers: [] } })).table;
}

function rowsOf(table: Table): (number | string | null)[][] {
  return Array.from({ length: table.rowCount }, (_, row) =>
    table.columns.map((column) => cellValue(column, row)),
  );
}

test.each([0, 1, 2048, 5000])("%i rows come back as they were", async (rows) => {
  const path = join(folder, `${rows}.parquet`);
  const table = randomTable(rows);
  await writeParquet(path, table);
  expect(rowsOf(await readBack(path, table))).toEqual(rowsOf(table));
});

test("equal tables give equal bytes", async () => {
  const table = randomTable(150_000);
  const paths = ["once.parquet", "again.parquet"].map((name) => join(folder, name));
  for (const path of paths) await writeParquet(path, table);
  const [once, again] = paths.map((path) => readFileSync(path));
  expect(once?.equals(again as Buffer)).toBe(true);
  expect(await readBack(paths[0] as string, table)).toEqual(table);
});

test("others see doubles, texts and nulls, and the rows in order", async () => {
  const path = join(folder, "plain.parquet");
  await writeParquet(path, {
    rowCount: 3,
    columns: [
      { kind: "numeric", name: "n", values: Float64Array.of(1.5, NaN, -2) },
      { kind: "categorical", name: "c", codes: Int32Array.of(1, 0, -1), categories: ["x", "y"] },
    ],
  });
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const read = await connection.runAndReadAll(`SELECT * FROM '${path}'`);
  expect(read.columnNames()).toEqual(["n", "c"]);
  expect(read.columnTypes().map(String)).toEqual(["DOUBLE", "VARCHAR"]);
  expect(read.getRows()).toEqual([
    [1.5, "y"],
    [null, "x"],
    [-2, null],
  ]);
  connection.closeSync();
  instance.closeSync();
});

test("odd file names are written as they are", async () => {
  const names = ['it\'s "q".parquet', "a*[b]?.parquet", "a=1;--.parquet"];
  for (const name of names) await writeParquet(join(folder, name), randomTable(3));
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(names));
});

test("names that DuckDB cannot tell apart are refused", async () => {
  const column = { kind: "numeric", values: Float64Array.of(1) } as const;
  await expect(
    writeParquet(join(folder, "case.parquet"), {
      rowCount: 1,
      columns: [
        { ...column, name: "a" },
        { ...column, name: "A" },
      ],
    }),
  ).rejects.toMatchObject({ code: "TABLE_COLUMN_DUPLICATE" });
  expect(readdirSync(folder)).not.toContain("case.parquet");
});

test.each(["no/such/folder.parquet", "."])("%s cannot be written", async (path) => {
  await expect(writeParquet(join(folder, path), randomTable(1))).rejects.toMatchObject({
    code: "TABLE_FILE_UNWRITABLE",
  });
});

test("what goes wrong on the way is reported, and no half a file is left", async () => {
  const path = join(folder, "half.parquet");
  const broken = { kind: "categorical", name: "c", codes: Int32Array.of(0), categories: null };
  await expect(
    writeParquet(path, { rowCount: 1, columns: [broken as never] }),
  ).rejects.toMatchObject({ code: "TABLE_FILE_UNWRITABLE" });
  expect(readdirSync(folder)).not.toContain("half.parquet");
});
