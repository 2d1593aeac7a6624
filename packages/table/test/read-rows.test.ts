import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array, assert, asyncProperty, constantFrom, double, oneof, tuple } from "fast-check";
import { readCsv } from "../src/read-csv.ts";
import { readRows } from "../src/read-rows.ts";
import type { CellValue, RowsOptions, RowValues } from "../src/read-rows.ts";

const layout = {
  columns: [
    { name: "n", kind: "numeric" },
    { name: "c", kind: "categorical" },
  ],
  missingMarkers: ["NA", "-999"],
} as const;

const options: RowsOptions = { layout, source: "db.rows", names: ["n", "c", "other"] };

/** Rows in batches of two. */
async function* batchesOf(rows: readonly (readonly CellValue[])[]): AsyncGenerator<RowValues[]> {
  for (let start = 0; start < rows.length; start += 2) {
    yield rows
      .slice(start, start + 2)
      .map((cells, i) => ({ cells, document: `id${start + i + 1}` }));
  }
}

async function inFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "gillnet-table-"));
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test("numbers, booleans, text, markers and nothing become cells", async () => {
  const { table, sourceRows, unknownColumns, rejectedRows } = await readRows(
    batchesOf([
      [1.5, "a"],
      [true, true],
      [" 2.50 ", " 2.50 "],
      [-999, -999],
      ["NA", "NA"],
      [null, undefined],
      [Number.NaN, Number.NaN],
      [-0, -0],
      ["", ""],
    ]),
    options,
  );
  expect(table).toEqual({
    rowCount: 9,
    columns: [
      {
        kind: "numeric",
        name: "n",
        values: new Float64Array([1.5, 1, 2.5, NaN, NaN, NaN, NaN, 0, NaN]),
      },
      {
        kind: "categorical",
        name: "c",
        categories: ["0", "2.5", "a", "true"],
        codes: new Int32Array([2, 3, 1, -1, -1, -1, -1, 0, -1]),
      },
    ],
  });
  expect([...sourceRows]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(unknownColumns).toEqual(["other"]);
  expect(rejectedRows).toBe(0);
});

test("a row with what is no cell is rejected, with its place, and the others are not touched", async () => {
  await inFolder(async (folder) => {
    const rejectedPath = join(folder, "rejected.csv");
    const { table, sourceRows, rejectedRows, rejectedExamples } = await readRows(
      batchesOf([
        ["x1", "a"],
        [1, "b"],
        [Infinity, "c"],
        [2, { text: "[1]", reason: "Is a list" }],
        [3, "d"],
      ]),
      { ...options, rejectedPath },
    );
    expect([...sourceRows]).toEqual([2, 5]);
    expect(table.columns[1]).toMatchObject({ categories: ["b", "d"] });
    expect(rejectedRows).toBe(3);
    expect(rejectedExamples).toEqual([
      {
        sourceRow: 1,
        line: null,
        document: "id1",
        column: "n",
        value: "x1",
        reason: "Not a number",
      },
      {
        sourceRow: 3,
        line: null,
        document: "id3",
        column: "n",
        value: "Infinity",
        reason: "Not a finite number",
      },
      {
        sourceRow: 4,
        line: null,
        document: "id4",
        column: "c",
        value: "[1]",
        reason: "Is a list",
      },
    ]);
    expect(await readFile(rejectedPath, "utf8")).toBe(
      "source_row,line,column,value,reason\n1,_id id1,n,x1,Not a number\n3,_id id3,n,Infinity,Not a finite number\n4,_id id4,c,[1],Is a list\n",
    );
  });
});

test("a column that no row has is missing; one that is null everywhere, or stands in a rejected row alone, is not", async () => {
  const lacking = readRows(batchesOf([[undefined, "a"]]), { ...options, names: ["N", "c"] });
  await expect(lacking).rejects.toMatchObject({
    code: "TABLE_COLUMN_MISSING",
    message: "db.rows lacks the column 'n'",
    hint: "There are other names: 'N' may be meant by 'n'",
    details: { source: "db.rows", missing: ["n"], found: ["N", "c"] },
  });
  expect((await readRows(batchesOf([[null, "a"]]), options)).table.rowCount).toBe(1);
  const rejected = await readRows(
    batchesOf([
      ["x", "a"],
      [1, undefined],
    ]),
    options,
  );
  expect(rejected.table.rowCount).toBe(1);
  expect((await readRows(batchesOf([]), options)).table.rowCount).toBe(0);
});

test("an aborted signal stops it", async () => {
  const reason = new Error("enough");
  const reading = readRows(batchesOf([[1, "a"]]), {
    ...options,
    signal: AbortSignal.abort(reason),
  });
  await expect(reading).rejects.toBe(reason);
});

test("property: text is read as readCsv reads it", async () => {
  const text = oneof(
    constantFrom("NA", "-999", "-999.0", " 1 ", "1.0", "007", "1e3", "+1", "x", "", "∞"),
    double({ noNaN: true, noDefaultInfinity: true }).map(String),
  );
  const rows = array(tuple(text, text), { minLength: 1, maxLength: 20 });
  await inFolder((folder) =>
    assert(
      asyncProperty(rows, async (cells) => {
        const path = join(folder, "rows.csv");
        await writeFile(path, `n,c,end\n${cells.map(([n, c]) => `${n},${c},.`).join("\n")}\n`);
        const csv = await readCsv(path, { layout });
        const read = await readRows(batchesOf(cells), options);
        expect(read.table).toEqual(csv.table);
        expect(read.sourceRows).toEqual(csv.sourceRows);
        expect(read.rejectedRows).toBe(csv.rejectedRows);
      }),
      { numRuns: 100 },
    ),
  );
});
