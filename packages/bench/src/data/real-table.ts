import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createInterface } from "node:readline";
import { PipelineError, SeededRandom } from "@gillnet/entity";
import type { NumericColumn } from "@gillnet/entity";
import { readCsv } from "@gillnet/table";
import type { BenchApp } from "../bench-app.ts";
import { FOLDERS } from "../folders.ts";

/** Labelled rows. */
export interface LabelledTable {
  /** Row-major. */
  readonly x: Float64Array;
  /** 1 positive, 0 negative. */
  readonly y: Uint8Array;
  readonly cols: number;
}

/** And their columns' names, the label's left out. */
export interface NamedTable extends LabelledTable {
  readonly names: readonly string[];
}

/** The label's value that counts as positive in the UCI table. */
const POSITIVE = -1;

/** As the original splits: a fifth for the test, drawn by this seed. */
const TEST_SHARE = 0.2;
const SPLIT_SEED = 42;

/**
 * The real table, from GILLNET_UCI_TABLE or the pipeline's cache: numbers in all columns, the last one being the label.
 *
 * @throws PipelineError BENCH_NO_TABLE
 */
export async function readRealTable(app: BenchApp): Promise<NamedTable> {
  const path = app.environment["GILLNET_UCI_TABLE"] ?? FOLDERS.cachedTable;
  const hint =
    "Set GILLNET_UCI_TABLE to the CSV file, or download it into the cache: pnpm pipeline data fetch";
  const fail = (what: string): PipelineError =>
    new PipelineError("BENCH_NO_TABLE", what, { hint, details: { path } });
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw fail(`The real table is not at ${path}`);
  const names = await headerOf(path);
  const layout = {
    columns: names.map((name) => ({ name, kind: "numeric" as const })),
    missingMarkers: [],
  };
  const { table, rejectedRows } = await readCsv(path, { layout, signal: app.signal });
  const columns = table.columns.map((column) => (column as NumericColumn).values);
  const label = columns.pop();
  const missing = columns.some((values) => values.some(Number.isNaN));
  if (label === undefined || columns.length === 0 || rejectedRows > 0 || missing) {
    throw fail(`${path} is not a table of numbers without gaps, with a label as its last column`);
  }
  const cols = columns.length;
  const x = new Float64Array(label.length * cols);
  columns.forEach((values, column) => {
    for (let row = 0; row < values.length; row++) x[row * cols + column] = values[row] as number;
  });
  const y = Uint8Array.from(label, (value) => (value === POSITIVE ? 1 : 0));
  if (!y.includes(0) || !y.includes(1)) throw fail(`The label of ${path} has one class alone`);
  return { x, y, cols, names: names.slice(0, cols) };
}

/** Deals rows at random: four fifths to train, the rest to test. The same for every table of that length. */
export function splitTable(table: LabelledTable): {
  readonly train: LabelledTable;
  readonly test: LabelledTable;
} {
  const order = Int32Array.from(table.y.keys());
  new SeededRandom(SPLIT_SEED).fork("split").shuffle(order);
  const testRows = Math.ceil(order.length * TEST_SHARE);
  return {
    train: takeTableRows(table, order.subarray(testRows)),
    test: takeTableRows(table, order.subarray(0, testRows)),
  };
}

/** The given rows, in the given order. */
export function takeTableRows({ x, y, cols }: LabelledTable, rows: Int32Array): LabelledTable {
  const taken = new Float64Array(rows.length * cols);
  rows.forEach((row, at) => taken.set(x.subarray(row * cols, (row + 1) * cols), at * cols));
  return { x: taken, y: Uint8Array.from(rows, (row) => y[row] as number), cols };
}

async function headerOf(path: string): Promise<string[]> {
  const lines = createInterface({ input: createReadStream(path) });
  for await (const line of lines) {
    lines.close();
    return line.split(",").map((name) => name.trim().replaceAll('"', ""));
  }
  return [];
}
