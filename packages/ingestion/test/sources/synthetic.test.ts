import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { TableLayout } from "@gillnet/table";

import type { SyntheticContent } from "../../src/sources/source.ts";
import { readSynthetic, resolveSynthetic } from "../../src/sources/synthetic.ts";
import { environmentIn, inFolder } from "./world.ts";

const network = {
  name: "Toy",
  origin: "made up",
  nodes: [
    { name: "Label", values: ["no", "yes"], parents: [], probabilities: [[0.5, 0.5]] },
    {
      name: "Size",
      values: ["-1", "2.5", null],
      parents: ["Label"],
      probabilities: [
        [0.2, 0.3, 0.5],
        [0.6, 0.2, 0.2],
      ],
    },
    { name: "Kind", values: ["a", "b"], parents: [], probabilities: [[0.5, 0.5]] },
  ],
};
const content: SyntheticContent = { format: "synthetic", network, rows: 100, certainty: 0 };

const layoutOf = (...columns: TableLayout["columns"]): TableLayout => ({
  columns,
  missingMarkers: [],
});

describe("resolveSynthetic", () => {
  test("takes the network that comes with the package", async () => {
    await inFolder(async (folder) => {
      const resolved = await resolveSynthetic({ rows: 200, certainty: 0 }, environmentIn(folder));
      expect(resolved).toMatchObject({
        description: { kind: "synthetic", name: "Phishing Websites (synthetic)", synthetic: true },
        content: { format: "synthetic", rows: 200 },
      });
      expect(resolved.notes[0]).toContain("200 rows");
      expect(resolved.content).toMatchObject({
        network: { origin: expect.stringContaining("CC BY 4.0") },
      });
    });
  });

  test("or one of the user's; the hash follows the network and the number of rows", async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, "toy.json"), JSON.stringify(network));
      const resolve = async (rows: number, file?: string): Promise<string> =>
        (
          await resolveSynthetic(
            { rows, certainty: 0, ...(file !== undefined && { network: file }) },
            environmentIn(folder),
          )
        ).inputHash;
      const hashes = [
        await resolve(100, "toy.json"),
        await resolve(101, "toy.json"),
        await resolve(100),
      ];
      expect(new Set(hashes).size).toBe(3);
      expect(await resolve(100, "toy.json")).toBe(hashes[0]);
      await expect(resolve(100, "none.json")).rejects.toMatchObject({
        code: "INGESTION_SOURCE_NOT_FOUND",
      });
    });
  });
});

describe("readSynthetic", () => {
  test("gives the layout's columns, kinds and order, whatever the case of the names", () => {
    const { table, sourceRows, unknownColumns } = readSynthetic(
      content,
      layoutOf({ name: "size", kind: "numeric" }, { name: "LABEL", kind: "categorical" }),
    );
    expect(table.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ["size", "numeric"],
      ["LABEL", "categorical"],
    ]);
    const [size] = table.columns;
    const values = size?.kind === "numeric" ? [...size.values] : [];
    expect(new Set(values)).toEqual(new Set([-1, 2.5, Number.NaN]));
    expect([sourceRows[0], sourceRows[99], sourceRows.length]).toEqual([1, 100, 100]);
    expect(unknownColumns).toEqual(["Kind"]);
    expect(
      readSynthetic(content, layoutOf({ name: "size", kind: "numeric" })).table.columns[0],
    ).toEqual(size);
  });

  test("refuses a schema with other columns or kinds, with a way out", () => {
    expect(() => readSynthetic(content, layoutOf({ name: "Weight", kind: "numeric" }))).toThrow(
      expect.objectContaining({
        code: "INGESTION_SYNTHETIC_SCHEMA",
        message: "The synthetic table of Toy has no 'Weight', so it does not fit the schema",
        hint: expect.stringContaining("source.kind csv"),
      }),
    );
    expect(() => readSynthetic(content, layoutOf({ name: "Kind", kind: "numeric" }))).toThrow(
      expect.objectContaining({
        code: "INGESTION_SYNTHETIC_SCHEMA",
        message: expect.stringContaining("holds 'a', 'b' in 'Kind', a numeric column"),
      }),
    );
  });
});
