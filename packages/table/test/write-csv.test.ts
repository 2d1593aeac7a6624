import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cellValue, SeededRandom, type Table } from "@gillnet/entity";
import { readCsv } from "../src/read-csv.ts";
import { writeCsv } from "../src/write-csv.ts";

const folder = mkdtempSync(join(tmpdir(), "gillnet-write-csv-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("RFC 4180, line feeds, shortest numbers, missing cells empty", async () => {
  const path = join(folder, "plain.csv");
  await writeCsv(path, {
    rowCount: 5,
    columns: [
      { kind: "numeric", name: "n", values: Float64Array.of(0.1, -0, NaN, 1e21, 1 / 3) },
      {
        kind: "categorical",
        name: 'c, "d"',
        codes: Int32Array.of(0, 1, 2, 3, -1),
        categories: ['"', "a,b", "line\nbreak", "é"],
      },
    ],
  });
  expect(readFileSync(path, "utf8")).toBe(
    'n,"c, ""d"""\n0.1,""""\n0,"a,b"\n,"line\nbreak"\n1e+21,é\n0.3333333333333333,\n',
  );
});

test("a missing cell of the only column is two quotes, since a blank line is no row", async () => {
  const path = join(folder, "single.csv");
  const column = { kind: "numeric", name: "n", values: Float64Array.of(1, NaN, 2) } as const;
  await writeCsv(path, { rowCount: 3, columns: [column] });
  expect(readFileSync(path, "utf8")).toBe('n\n1\n""\n2\n');
});

test("a table without rows is a header", async () => {
  const path = join(folder, "header.csv");
  const columns = ["a", "b"].map((name) => {
    return { kind: "numeric" as const, name, values: new Float64Array(0) };
  });
  await writeCsv(path, { rowCount: 0, columns });
  expect(readFileSync(path, "utf8")).toBe("a,b\n");
});

test("what is written is read back, to the last bit", async () => {
  const random = new SeededRandom(4);
  const rowCount = 20_000;
  const categories = ["a", "b\r\nc", 'd "e"', "f,g", "😀"].sort();
  const values = new Float64Array(rowCount);
  const codes = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    values[row] =
      random.integer(9) === 0 ? NaN : (random.uniform() - 0.5) * 10 ** random.integer(300);
    codes[row] = row < 5 ? row : random.integer(6) - 1;
  }
  const table: Table = {
    rowCount,
    columns: [
      { kind: "numeric", name: "values", values },
      { kind: "categorical", name: "codes", codes, categories },
    ],
  };
  const path = join(folder, "random.csv");
  await writeCsv(path, table);
  const read = await readCsv(path, {
    layout: {
      columns: table.columns.map(({ name, kind }) => ({ name, kind })),
      missingMarkers: [],
    },
  });
  expect(read.rejectedRows).toBe(0);
  expect(read.table).toEqual(table);
  expect(cellValue(read.table.columns[1] as Table["columns"][number], 0)).toBe(categories[0]);
});

test.each(["no/such/folder.csv", "."])("%s cannot be written", async (path) => {
  await expect(writeCsv(join(folder, path), { rowCount: 0, columns: [] })).rejects.toMatchObject({
    code: "TABLE_FILE_UNWRITABLE",
  });
});

test("what goes wrong on the way is reported, and no half a file is left", async () => {
  const broken = { kind: "categorical", name: "c", codes: Int32Array.of(0), categories: null };
  await expect(
    writeCsv(join(folder, "half.csv"), { rowCount: 1, columns: [broken as never] }),
  ).rejects.toMatchObject({ code: "TABLE_FILE_UNWRITABLE" });
  expect(readdirSync(folder)).not.toContain("half.csv");
});
