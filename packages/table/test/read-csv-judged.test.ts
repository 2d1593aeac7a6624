import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { cellValue, SeededRandom } from "@gillnet/entity";
import { readCsv } from "../src/read-csv.ts";

/**
 * DuckDB's CSV reader as an independent judge, on files that both accept: random cells, quoted where they
 * must be and sometimes where they need not.
 */
const folder = mkdtempSync(join(tmpdir(), "gillnet-judged-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function randomCell(random: SeededRandom): string {
  const letters = ["a", "b", "7", ",", ";", '"', "\n", "\r\n", "é", "😀", "x y", "-1", "0.25"];
  const length = random.integer(5);
  return Array.from({ length }, () => letters[random.integer(letters.length)]).join("");
}

test("random tables are read as DuckDB reads them", async () => {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  const random = new SeededRandom(21);
  const path = join(folder, "random.csv");
  for (let round = 0; round < 40; round++) {
    const width = 2 + random.integer(4);
    const names = Array.from({ length: width }, (_, i) => `c${i}`);
    const lines = [names.join(",")];
    for (let row = random.integer(30); row >= 0; row--) {
      const cells = names.map(() => {
        const cell = randomCell(random);
        const quoted = /[",\r\n]/.test(cell) || random.integer(4) === 0;
        return quoted ? `"${cell.replaceAll('"', '""')}"` : cell;
      });
      lines.push(cells.join(","));
    }
    writeFileSync(path, `${lines.join("\n")}\n`);

    const columns = names.map((name) => `'${name}': 'VARCHAR'`).join(", ");
    const judged = await connection.runAndReadAll(
      `SELECT * FROM read_csv('${path}', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {${columns}}, nullstr = '')`,
    );
    const { table, rejectedRows } = await readCsv(path, {
      layout: {
        columns: names.map((name) => ({ name, kind: "categorical" })),
        missingMarkers: [],
      },
    });
    const read = Array.from({ length: table.rowCount }, (_, row) =>
      table.columns.map((column) => cellValue(column, row)),
    );
    // DuckDB keeps blanks at the ends; numbers among the letters make no text longer than they are.
    const expected = judged.getRows().map((row) =>
      row.map((cell) => {
        const text = (cell as string | null)?.trim() ?? "";
        return text === "" ? null : text;
      }),
    );
    expect(rejectedRows).toBe(0);
    expect(read.map((row) => row.map(looselyCompared))).toEqual(
      expected.map((row) => row.map(looselyCompared)),
    );
  }
  connection.closeSync();
  instance.closeSync();
});

/** Numbers by value: how categories are normalised is not DuckDB's to judge. */
function looselyCompared(cell: string | number | null): string | number | null {
  return cell === null || Number.isNaN(Number(cell)) ? cell : Number(cell);
}
