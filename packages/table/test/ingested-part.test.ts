import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Column, DatasetSchema } from "@gillnet/entity";
import { GROUP_COLUMN, readIngestedPart, SOURCE_ROW_COLUMN } from "../src/ingested-part.ts";
import { writeParquet } from "../src/write-parquet.ts";

const schema: DatasetSchema = {
  features: [
    { kind: "numeric", name: "size" },
    { kind: "categorical", name: "colour" },
  ],
  label: {
    column: "Result",
    positive: { name: "bad", values: ["-1"] },
    negative: { name: "good", values: ["1"] },
  },
  ignored: [],
  missingMarkers: ["?"],
  weight: "copies",
};

const numeric = (name: string, ...values: number[]): Column => ({
  kind: "numeric",
  name,
  values: Float64Array.from(values),
});

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gillnet-part-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(labels: readonly string[], ...more: Column[]): Promise<string> {
  const path = join(folder, "part.parquet");
  const categories = [...new Set(labels)].sort();
  await writeParquet(path, {
    rowCount: labels.length,
    columns: [
      numeric("size", 1, Number.NaN, 3),
      { kind: "categorical", name: "colour", codes: Int32Array.of(0, -1, 0), categories: ["?"] },
      {
        kind: "categorical",
        name: "Result",
        codes: Int32Array.from(labels, (label) => categories.indexOf(label)),
        categories,
      },
      numeric(SOURCE_ROW_COLUMN, 4, 2, 9),
      numeric(GROUP_COLUMN, 0, 7, 0),
      ...more,
    ],
  });
  return path;
}

const { signal } = new AbortController();

test("a part has its features, classes, weights, source rows and groups", async () => {
  const path = await write(["-1", "1", "-1"], numeric("copies", 1, 2, 3));
  const part = await readIngestedPart(path, schema, signal);
  expect(part).toMatchObject({
    classes: Uint8Array.of(1, 0, 1),
    weights: Float64Array.of(1, 2, 3),
    sourceRows: Float64Array.of(4, 2, 9),
    groups: Float64Array.of(0, 7, 0),
  });
  // The markers were dealt with when the rows came in: "?" is a value by now.
  expect(part.table.columns[1]).toMatchObject({ codes: Int32Array.of(0, -1, 0) });
});

test("without a weight column every row counts once", async () => {
  const { weight: _, ...unweighted } = schema;
  const part = await readIngestedPart(await write(["1", "1", "1"]), unweighted, signal);
  expect(part.weights).toEqual(Float64Array.of(1, 1, 1));
});

test("a label of neither class is refused", async () => {
  const path = await write(["-1", "0", "1"], numeric("copies", 1, 1, 1));
  await expect(readIngestedPart(path, schema, signal)).rejects.toMatchObject({
    code: "TABLE_PART_BAD",
    message: "Ingested rows must have a label of one of the two classes, got '0'",
  });
});
