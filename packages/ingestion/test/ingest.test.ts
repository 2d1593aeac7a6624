import { existsSync, mkdirSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { cellValue, SeededRandom } from "@gillnet/entity";
import type {
  DatasetSchema,
  IngestionArtifact,
  StageContext,
  StageProgress,
  Table,
} from "@gillnet/entity";
import { readParquet } from "@gillnet/table";

import { ingest } from "../src/ingest.ts";
import type { IngestionParams, SourceParams } from "../src/params.ts";
import { resolveSource } from "../src/sources/resolve-source.ts";
import { schemaOf } from "./schemas.ts";
import { environmentIn, inFolder, recordingLogger, sourceDefaults } from "./sources/world.ts";

const params: IngestionParams = {
  split: { by: "auto", test_share: 0.2 },
  rejected: { policy: "quarantine", maximum_share: 0.01 },
};

interface Outcome {
  readonly artifact: IngestionArtifact;
  readonly progress: readonly StageProgress[];
  /** The text of each file that the stage wrote, Parquet files apart. */
  readonly files: Readonly<Record<string, string>>;
  readonly train: Table;
  readonly test: Table;
}

interface Run {
  readonly csv: string;
  readonly schema?: DatasetSchema;
  readonly params?: Partial<IngestionParams>;
  readonly source?: SourceParams;
  readonly seed?: number;
  readonly signal?: AbortSignal;
}

/** Runs the stage on a CSV file. */
async function run({ csv, schema = schemaOf(), ...options }: Run): Promise<Outcome> {
  return inFolder(async (folder) => {
    await writeFile(join(folder, "rows.csv"), csv);
    const source = await resolveSource(
      options.source ?? { ...sourceDefaults, kind: "csv", path: "rows.csv" },
      schema,
      environmentIn(folder),
    );
    const output = join(folder, "output");
    const progress: StageProgress[] = [];
    const context: StageContext = {
      seed: options.seed ?? 42,
      jobs: 1,
      now: () => new Date(0),
      logger: recordingLogger(),
      progress: (step) => progress.push(step),
      output: {
        path: (relative) => {
          const path = join(output, relative);
          mkdirSync(dirname(path), { recursive: true });
          return path;
        },
      },
      signal: options.signal ?? new AbortController().signal,
    };
    const artifact = await ingest({ source, schema }, { ...params, ...options.params }, context);
    const files: Record<string, string> = {};
    for (const file of (await readdir(output, { recursive: true })).sort()) {
      if (file.includes(".")) {
        files[file] = file.endsWith(".csv") ? await readFile(join(output, file), "utf8") : "";
      }
    }
    const readPart = async (file: string): Promise<Table> => {
      const columns = [
        ...schema.features.map(({ name, kind }) => ({ name, kind })),
        { name: schema.label.column, kind: "categorical" as const },
        { name: "__source_row", kind: "numeric" as const },
        { name: "__group", kind: "numeric" as const },
      ];
      return (await readParquet(join(output, file), { layout: { columns, missingMarkers: [] } }))
        .table;
    };
    return {
      artifact,
      progress,
      files,
      train: await readPart(artifact.files.train),
      test: await readPart(artifact.files.test),
    };
  });
}

const HEADER = "Size,Kind,Label";

/** Rows of few distinct vectors, so that many repeat and some contradict each other. */
function manyRows(count: number): string[] {
  const random = new SeededRandom(21);
  return Array.from({ length: count }, () => {
    const size = random.integer(12);
    const kind = ["a", "b", "c", ""][random.integer(4)] as string;
    const label = random.integer(10) === 0 ? random.integer(2) === 0 : size < 5;
    return `${size === 11 ? "NA" : size},${kind},${label ? "yes" : "no"}`;
  });
}

const toCsv = (rows: readonly string[]): string => `${[HEADER, ...rows].join("\n")}\n`;

function rowTexts(table: Table, columns: readonly number[]): string[] {
  return Array.from({ length: table.rowCount }, (_, row) =>
    columns
      .map((index) => {
        const column = table.columns[index];
        return column === undefined ? "" : (cellValue(column, row) ?? "");
      })
      .join(","),
  );
}

test("a small table, in full", async () => {
  const rows = ["1,a,yes", "1,a,yes", "2,b,no", "NA,b,no", "2,b,yes", "3,,no", ",b,no", "4,x,yes"];
  const { artifact, files, train, test, progress } = await run({
    csv: `extra,${HEADER}\n${rows.map((row) => `z,${row}`).join("\n")}\n`,
    schema: schemaOf({ ignored: ["gone"] }),
  });
  expect(artifact).toMatchObject({
    stage: "ingestion",
    source: { kind: "csv", name: "rows.csv", synthetic: false },
    rows: 8,
    rejectedRows: 0,
    distinctVectors: 5,
    duplicateRows: 2,
    conflictingRows: 2,
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    split: { by: "vector", testShare: 0.2, leakedTestRows: 0 },
    files: {
      featureStore: "feature_store/table.parquet",
      train: "ingested/train.parquet",
      test: "ingested/test.parquet",
      trainCsv: "ingested/train.csv",
      testCsv: "ingested/test.csv",
      rejected: null,
    },
    notes: expect.arrayContaining([
      "1 column of the source is not in the schema and was not read: 'extra'",
    ]),
  });
  expect(Object.keys(files)).toEqual([
    "feature_store/table.csv",
    "feature_store/table.parquet",
    "ingested/test.csv",
    "ingested/test.parquet",
    "ingested/train.csv",
    "ingested/train.parquet",
  ]);
  expect(files["feature_store/table.csv"]).toBe(toCsv(rows).replace("NA", ""));
  const csvRows = (file: string): string[] => (files[file] ?? "").trimEnd().split("\n").slice(1);
  expect(csvRows("ingested/train.csv")).toEqual(rowTexts(train, [0, 1, 2]));
  expect(csvRows("ingested/test.csv")).toEqual(rowTexts(test, [0, 1, 2]));

  // Each row knows its place in the source, and its group.
  for (const part of [train, test]) {
    const sourceRows = rowTexts(part, [3]).map(Number);
    expect(sourceRows).toEqual(sourceRows.toSorted((a, b) => a - b));
    expect(rowTexts(part, [0, 1, 2])).toEqual(
      sourceRows.map((row) => (rows[row - 1] as string).replace("NA", "")),
    );
  }
  expect(progress[0]).toEqual({ fraction: 0, message: "reading rows.csv" });
});

test("no vector is on both sides, equal vectors share a group", async () => {
  const { artifact, train, test } = await run({ csv: toCsv(manyRows(600)) });
  const vectors = [train, test].map((part) => new Set(rowTexts(part, [0, 1])));
  expect([...(vectors[1] as Set<string>)].filter((vector) => vectors[0]?.has(vector))).toEqual([]);
  const pairs = new Set([...rowTexts(train, [0, 1, 4]), ...rowTexts(test, [0, 1, 4])]);
  expect(pairs.size).toBe(artifact.distinctVectors);
  expect(artifact.split).toMatchObject({
    trainRows: train.rowCount,
    testRows: test.rowCount,
    trainGroups: vectors[0]?.size,
    testGroups: vectors[1]?.size,
  });
});

test("the order of the source's rows has no influence", async () => {
  const rows = manyRows(300);
  const order = [...rows.keys()];
  new SeededRandom(1).shuffle(order);
  for (const by of ["vector", "random"] as const) {
    const split = { by, test_share: 0.2 };
    const a = await run({ csv: toCsv(rows), params: { split } });
    const b = await run({ csv: toCsv(order.map((row) => rows[row] as string)), params: { split } });
    expect(rowTexts(b.test, [0, 1, 2, 4]).sort()).toEqual(rowTexts(a.test, [0, 1, 2, 4]).sort());
    expect(rowTexts(b.train, [0, 1, 2, 4]).sort()).toEqual(rowTexts(a.train, [0, 1, 2, 4]).sort());
    const { files: _filesOfA, ...artifactA } = a.artifact;
    const { files: _filesOfB, ...artifactB } = b.artifact;
    expect(artifactB).toEqual(artifactA);
  }
});

test("the seed decides, and nothing else does", async () => {
  const csv = toCsv(manyRows(300));
  const [a, b, c] = await Promise.all([run({ csv }), run({ csv }), run({ csv, seed: 7 })]);
  expect(b.artifact).toEqual(a.artifact);
  expect(b.files).toEqual(a.files);
  expect(c.files["ingested/test.csv"]).not.toBe(a.files["ingested/test.csv"]);
});

test("a random split leaks, and counts how much", async () => {
  const { artifact, train, test } = await run({
    csv: toCsv(manyRows(600)),
    params: { split: { by: "random", test_share: 0.3 } },
  });
  const known = new Set(rowTexts(train, [0, 1]));
  const leaked = rowTexts(test, [0, 1]).filter((vector) => known.has(vector)).length;
  expect(leaked).toBeGreaterThan(0);
  expect(artifact.split).toMatchObject({ by: "random", leakedTestRows: leaked });
});

test("a declared group column keeps its rows together, and is needed for a split by group", async () => {
  const random = new SeededRandom(5);
  const rows = manyRows(400).map((row, i) => `${i},${row},host${random.integer(300)}`);
  const csv = `Id,${HEADER},Host\n${rows.join("\n")}\n`;
  const schema = schemaOf({
    features: [
      { kind: "numeric", name: "Id" },
      { kind: "categorical", name: "Host" },
    ],
    group: "Host",
  });
  const { artifact, train, test } = await run({ csv, schema });
  expect(artifact.split.by).toBe("group");
  const trainHosts = new Set(rowTexts(train, [1]));
  expect(rowTexts(test, [1]).filter((host) => trainHosts.has(host))).toEqual([]);
  await expect(
    run({ csv, params: { split: { by: "group", test_share: 0.2 } } }),
  ).rejects.toMatchObject({ code: "INGESTION_NO_GROUP_COLUMN" });
});

test("rejected rows of both kinds are listed in one file", async () => {
  const rows = [...manyRows(300), "x,a,yes", "1,a,"];
  const { artifact, files } = await run({ csv: toCsv(rows) });
  expect(artifact).toMatchObject({
    rows: 300,
    rejectedRows: 2,
    files: { rejected: "rejected/rows.csv" },
  });
  const lines = (files["rejected/rows.csv"] ?? "").split("\n");
  expect(lines[0]).toBe("source_row,line,column,value,reason");
  expect(lines[1]).toContain("301,302,Size,x,");
  expect(lines[2]).toBe("302,,Label,,The label is missing");
});

test("rows without labels alone are listed, too", async () => {
  const { files } = await run({ csv: toCsv([...manyRows(300), "1,a,NA"]) });
  expect(files["rejected/rows.csv"]).toBe(
    "source_row,line,column,value,reason\n301,,Label,,The label is missing\n",
  );
});

test("the synthetic table of the package runs through", async () => {
  const features = ["SSLfinal_State", "URL_of_Anchor", "web_traffic"].map((name) => ({
    kind: "numeric" as const,
    name,
  }));
  const schema = schemaOf({
    features,
    label: {
      column: "Result",
      positive: { name: "phishing", values: ["-1"] },
      negative: { name: "legitimate", values: ["1"] },
    },
  });
  const { artifact } = await run({
    csv: "",
    schema,
    source: { ...sourceDefaults, kind: "synthetic", synthetic: { rows: 2000, certainty: 0.4 } },
  });
  expect(artifact.source.synthetic).toBe(true);
  expect(artifact.rows).toBe(2000);
  expect(artifact.notes[0]).toContain("2,000 rows were drawn from a Bayesian network");
});

test("an abort stops it with the signal's reason", async () => {
  const controller = new AbortController();
  controller.abort(new Error("Ctrl-C"));
  await expect(run({ csv: toCsv(manyRows(10)), signal: controller.signal })).rejects.toThrow(
    "Ctrl-C",
  );
});

const uciTable = [
  process.env["GILLNET_UCI_TABLE"],
  join(import.meta.dirname, "../../../artifacts/cache/uci-327.csv"),
].find((path) => path !== undefined && existsSync(path));

(uciTable === undefined ? test.skip : test)(
  "the UCI table has its known repeats and conflicts (skipped without GILLNET_UCI_TABLE or a cached table)",
  async () => {
    const csv = await readFile(uciTable as string, "utf8");
    const names = (csv.split(/\r?\n/)[0] as string).replaceAll('"', "").split(",");
    const schema = schemaOf({
      features: names.slice(0, -1).map((name) => ({ kind: "numeric", name })),
      label: {
        column: names.at(-1) as string,
        positive: { name: "phishing", values: ["-1"] },
        negative: { name: "legitimate", values: ["1"] },
      },
    });
    const { artifact } = await run({ csv, schema });
    expect(artifact).toMatchObject({
      rows: 11_055,
      distinctVectors: 5785,
      duplicateRows: 5206,
      conflictingRows: 357,
      split: { by: "vector", trainRows: 8844, testRows: 2211, leakedTestRows: 0 },
    });
    expect(artifact.notes).toEqual([]);
  },
);
