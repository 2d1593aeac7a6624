import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SeededRandom } from "@gillnet/entity";
import { writeNpyMatrix } from "../src/data/npy.ts";
import type { LabelledTable } from "../src/data/real-table.ts";

/** Rows of three small whole numbers, many of them equal; the label follows the first, but for one row in ten. */
export function smallTable(rows: number): LabelledTable {
  const random = new SeededRandom(5);
  const cols = 3;
  const x = Float64Array.from({ length: rows * cols }, () => random.integer(3) - 1);
  const y = Uint8Array.from({ length: rows }, (_, row) => {
    const label = x[row * cols]! > 0 ? 1 : 0;
    return random.uniform() < 0.1 ? 1 - label : label;
  });
  return { x, y, cols };
}

/** Runs `body` with a function that names files of an empty folder, which is gone afterwards. */
export async function inFolder(
  body: (path: (name: string) => string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "gillnet-bench-"));
  try {
    await body((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Writes a table's two files. */
export async function writeTable(
  { x, y, cols }: LabelledTable,
  xPath: string,
  yPath: string,
): Promise<void> {
  await writeNpyMatrix(xPath, { data: x, rows: y.length, cols });
  await writeNpyMatrix(yPath, { data: y, rows: y.length, cols: 1 });
}
