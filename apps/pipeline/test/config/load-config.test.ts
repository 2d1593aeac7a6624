import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { isPipelineError } from "@gillnet/entity";
import type { LoadedConfig } from "../../src/config/load-config.ts";
import { loadConfig } from "../../src/config/load-config.ts";

const SCHEMA = `schema:
  columns: { a: numeric }
  label: { column: y, positive: { name: bad, values: [1] }, negative: { name: good } }
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "config-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function load(
  text: string,
  overrides: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<LoadedConfig> {
  await writeFile(join(folder, "pipeline.yaml"), text);
  return loadConfig({ path: join(folder, "pipeline.yaml"), overrides, environment });
}

/** Each case is NAME.yaml, with `# set: a=b` and `# env: A=b` lines, and NAME.expected.txt: code, then message. */
describe("hostile files", () => {
  const cases = new URL("fixtures/hostile/", import.meta.url).pathname;

  test("each gives the message beside it", async () => {
    const files = (await readdir(cases)).filter((file) => file.endsWith(".yaml"));
    expect(files.length).toBeGreaterThan(40);
    const got: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const file of files) {
      const name = basename(file, ".yaml");
      const text = await readFile(join(cases, file), "utf8");
      const overrides = [...text.matchAll(/^# set: (.*)$/gm)].map(([, flag = ""]) => flag);
      const environment = Object.fromEntries(
        [...text.matchAll(/^# env: (\w+)=(.*)$/gm)].map(([, key = "", value = ""]) => [key, value]),
      );
      const outcome = await loadConfig({ path: join(cases, file), overrides, environment }).then(
        () => "no error",
        (error: unknown) => {
          if (!isPipelineError(error)) throw error;
          return `${error.code}\n${error.message}`;
        },
      );
      const shown = relative(process.cwd(), cases);
      got[name] = outcome.replaceAll(join(cases, "/"), "").replaceAll(`${shown}/`, "");
      const beside = join(cases, `${name}.expected.txt`);
      expected[name] = existsSync(beside) ? (await readFile(beside, "utf8")).trimEnd() : "";
    }
    expect(got).toEqual(expected);
  });
});

test("a small file gets all its defaults", async () => {
  const { config, file, baseFolder, secrets } = await load(`name: tiny\n${SCHEMA}`);
  expect(file).toBe(join(folder, "pipeline.yaml"));
  expect(baseFolder).toBe(folder);
  expect(secrets).toEqual([]);
  expect(config).toMatchObject({
    name: "tiny",
    seed: 42,
    source: { kind: "auto" },
    schema: { features: [{ kind: "numeric", name: "a" }], label: { column: "y" } },
    ingestion: { split: { by: "auto", test_share: 0.2 } },
    transformation: { imputer: "knn", knn: { neighbors: 3, weights: "uniform" } },
    trainer: { metric: "log_loss", folds: 5 },
    gates: { expected_score: 0.6, overfitting_threshold: 0.05 },
    tracking: { uri: null },
  });
  expect(Object.keys(config.validation)).not.toEqual([]);
});

test("empty sections, comments alone and null mean the defaults; null switches gates off", async () => {
  const plain = await load(`name: tiny\n${SCHEMA}`);
  const { config } = await load(
    `name: tiny\nseed:\ningestion:\n  # split: { by: random }\ntrainer:\n  folds:\ngates: { expected_score: null }\n${SCHEMA}`,
  );
  expect(config).toEqual({
    ...plain.config,
    gates: { expected_score: null, overfitting_threshold: 0.05 },
  });
});

test("flags go over the file, and variables do not reach into what they replaced", async () => {
  const { config } = await load(
    `name: tiny\nseed: \${NOT_SET}\nsource: { kind: csv, path: "\${DATA}/\${FILE:-t.csv}" }\n${SCHEMA}`,
    [
      "seed=7",
      "ingestion.split.by=random",
      "trainer.families.random_forest.n_estimators=[8,16]",
      "schema.columns.b=categorical",
      "schema.label.positive.values=[2]",
    ],
    { DATA: "/data" },
  );
  expect(config).toMatchObject({
    seed: 7,
    source: { kind: "csv", path: "/data/t.csv" },
    ingestion: { split: { by: "random" } },
    trainer: { families: { random_forest: { n_estimators: [8, 16] } } },
    schema: {
      features: [
        { kind: "numeric", name: "a" },
        { kind: "categorical", name: "b" },
      ],
      label: { positive: { values: ["2"] } },
    },
  });
});

test("the schema's file is found beside pipeline.yaml, and flags reach into it", async () => {
  await mkdir(join(folder, "schemas"));
  await writeFile(
    join(folder, "schemas", "s.yaml"),
    SCHEMA.replace("schema:\n", "").replaceAll(/^ {2}/gm, ""),
  );
  const { config } = await load("name: tiny\nschema: schemas/s.yaml\n", ["schema.missing=[none]"]);
  expect(config.schema).toMatchObject({
    features: [{ name: "a" }],
    missingMarkers: ["none"],
  });
});

test(".env beside the file is read, the environment goes over it, and secrets are named", async () => {
  await writeFile(
    join(folder, ".env"),
    "SEED=8\nMLFLOW_TRACKING_PASSWORD=from-the-file\nDB_PASSWORD=hunter2\n",
  );
  const { config, secrets, environment } = await load(
    `name: tiny\nseed: \${SEED}\ntracking: { uri: "https://ci:\${DB_PASSWORD}@mlflow.example" }\n${SCHEMA}`,
    [],
    { SEED: "9", MONGODB_URL: "mongodb://reader:pa55@db.example" },
  );
  expect(config.seed).toBe(9);
  expect(config.tracking.uri).toBe("https://ci:hunter2@mlflow.example");
  for (const secret of ["from-the-file", "hunter2", "pa55", "mongodb://reader:pa55@db.example"])
    expect(secrets).toContain(secret);
  expect(environment).toMatchObject({ SEED: "9", MLFLOW_TRACKING_PASSWORD: "from-the-file" });
});

test("the repository's own configurations load", async () => {
  const root = new URL("../../../../", import.meta.url).pathname;
  for (const path of ["pipeline.yaml", "docs/examples/payments/pipeline.yaml"]) {
    const { baseFolder, config } = await loadConfig({
      path: join(root, path),
      overrides: [`source.uci={id: 1, name: any, fingerprint: "${"0".repeat(64)}"}`],
      environment: {},
    });
    expect(baseFolder).toBe(dirname(join(root, path)));
    expect(config.schema.features.length).toBeGreaterThan(1);
  }
});

test("a file that is not there is named, without a line", async () => {
  await expect(
    loadConfig({ path: join(folder, "none.yaml"), overrides: [], environment: {} }),
  ).rejects.toMatchObject({
    code: "CONFIG_FILE_UNREADABLE",
    message: `${join(folder, "none.yaml")}: The file does not exist`,
    hint: expect.stringContaining("--config") as string,
  });
});
