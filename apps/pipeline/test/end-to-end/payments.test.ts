import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { jest } from "@jest/globals";
import type { TrainerArtifact } from "@gillnet/entity";
import { decodeBundle, predictRows } from "@gillnet/model-bundle";
import { Project } from "./command-line.ts";

jest.setTimeout(120_000);

const EXAMPLE = fileURLToPath(new URL("../../../../docs/examples/payments", import.meta.url));

let project: Project;
beforeAll(async () => {
  project = await Project.create();
  for (const file of ["pipeline.yaml", "schema.yaml", "payments.csv"]) {
    await cp(join(EXAMPLE, file), join(project.folder, file));
  }
});
afterAll(() => project.remove());

test("a table of another shape runs end to end by its own pipeline.yaml and schema", async () => {
  const { code, stdout, stderr } = await project.run("run");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("900 rows from payments.csv");
  expect(stdout).toMatch(/3 columns have missing cells: 'account_age_days' \(5\.\d+ %\)/);
  expect(stdout).toContain("Published as version 1.");

  const [run] = await project.list("artifacts/runs");
  const { artifact } = (await project.readJson(`artifacts/runs/${run}/trainer/artifact.json`)) as {
    artifact: TrainerArtifact;
  };
  // The rule that the rows were drawn by is well within reach: chance is an area of 0.5.
  expect(artifact.test.scores.rocAuc).toBeGreaterThan(0.85);
  // Weights count: each good payment stands for three.
  const { truePositive, falsePositive, trueNegative, falseNegative } = artifact.test.confusion;
  expect((trueNegative + falsePositive) % 3).toBe(0);
  expect(truePositive + falseNegative).toBeGreaterThan(20);
});

test("its bundle reads text, categories and missing cells, and answers with the class's name", async () => {
  const bundle = decodeBundle(
    await readFile(join(project.folder, "artifacts/published/1/model.bundle")),
  );
  expect(bundle.features.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    "amount numeric",
    "hour numeric",
    "country categorical",
    "channel categorical",
    "account_age_days numeric",
    "retries numeric",
  ]);
  const safe = { amount: "12.5", hour: 14, country: "DE", channel: "web", account_age_days: 2000 };
  const [good, bad, gaps, wrong] = predictRows(bundle, [
    { ...safe, retries: 0 },
    { amount: 900, hour: 3, country: "NG", channel: "phone", account_age_days: "1", retries: "6" },
    { ...safe, amount: "?", country: "XX", retries: "NA" },
    { ...safe, retries: "many" },
  ]);
  // Two label values mean bad, so the class's name is its label.
  expect(good).toMatchObject({ label: "good", verdict: "good", problems: [] });
  expect(bad).toMatchObject({ label: "bad", verdict: "bad" });
  expect(bad?.probability).toBeGreaterThan(good?.probability as number);
  expect(gaps?.probability).not.toBeNull();
  expect(gaps?.problems.map(({ code, column }) => `${code} ${column}`)).toEqual([
    "MISSING amount",
    "UNKNOWN_CATEGORY country",
    "MISSING retries",
  ]);
  expect(wrong).toMatchObject({ label: null, problems: [{ code: "NOT_A_NUMBER", fatal: true }] });
});
