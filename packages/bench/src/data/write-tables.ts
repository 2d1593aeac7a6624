import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { FOLDERS } from "../folders.ts";
import { NpyWriter, writeNpyMatrix } from "./npy.ts";
import { splitTable } from "./real-table.ts";
import type { LabelledTable } from "./real-table.ts";
import type { SyntheticTable } from "./synthetic-table.ts";

/** The .npy files of a table in two parts, as both sides read them. */
export interface TableFiles {
  readonly x: string;
  readonly y: string;
  readonly xTest: string;
  readonly yTest: string;
  readonly rows: number;
  readonly testRows: number;
  readonly cols: number;
}

/** Writes the real table's four fifths and its fifth. Features are float64. */
export async function writeSplit(table: LabelledTable): Promise<TableFiles> {
  const files = await filesOf("split");
  const { train, test } = splitTable(table);
  const { cols } = table;
  for (const [part, x, y] of [
    [train, files.x, files.y],
    [test, files.xTest, files.yTest],
  ] as const) {
    await writeNpyMatrix(x, { data: part.x, rows: part.y.length, cols });
    await writeNpyMatrix(y, { data: part.y, rows: part.y.length, cols: 1 });
  }
  return { ...files, rows: train.y.length, testRows: test.y.length, cols };
}

/** Writes the whole real table. Features are float64. */
export async function writeWhole({
  x,
  y,
  cols,
}: LabelledTable): Promise<Pick<TableFiles, "x" | "y" | "rows" | "cols">> {
  const files = await filesOf("whole");
  await writeNpyMatrix(files.x, { data: x, rows: y.length, cols });
  await writeNpyMatrix(files.y, { data: y, rows: y.length, cols: 1 });
  return { x: files.x, y: files.y, rows: y.length, cols };
}

/** Most rows that a synthetic table is tested on. */
const MOST_TEST_ROWS = 100_000;

/** Writes a synthetic table and rows to test on, block by block. */
export async function writeSynthetic(
  name: string,
  table: SyntheticTable,
  rows: number,
  seed: number,
  signal: AbortSignal,
): Promise<TableFiles> {
  const files = await filesOf(`${name}-${rows}`);
  const testRows = Math.min(MOST_TEST_ROWS, rows);
  const write = async (xPath: string, yPath: string, part: string, rows: number): Promise<void> => {
    const x = await NpyWriter.create(xPath, table.type, rows, table.cols);
    const y = await NpyWriter.create(yPath, "|u1", rows, 1);
    try {
      for (const block of table.blocks(rows, seed, part)) {
        signal.throwIfAborted();
        await x.write(block.x);
        await y.write(block.y);
      }
    } catch (error) {
      await x.discard();
      await y.discard();
      throw error;
    }
    await x.close();
    await y.close();
  };
  await write(files.x, files.y, "train", rows);
  await write(files.xTest, files.yTest, "test", testRows);
  return { ...files, rows, testRows, cols: table.cols };
}

async function filesOf(name: string): Promise<Pick<TableFiles, "x" | "y" | "xTest" | "yTest">> {
  const folder = join(FOLDERS.scratch, name);
  await mkdir(folder, { recursive: true });
  const path = (file: string): string => join(folder, `${file}.npy`);
  return { x: path("x"), y: path("y"), xTest: path("x_test"), yTest: path("y_test") };
}
