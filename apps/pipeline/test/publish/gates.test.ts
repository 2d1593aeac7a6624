import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ArtifactStore, sha256 } from "@gillnet/entity/node";
import { readNpy, writeNpy } from "@gillnet/table";
import { checkBundleAnswers } from "../../src/publish/check-bundle-answers.ts";
import { gatesError, judgeScores, judgeSource } from "../../src/publish/gates.ts";
import type { GateVerdict, JudgedArtifacts } from "../../src/publish/gates.ts";
import { makeJudged } from "./artifacts.ts";

const PARAMS = { expected_score: 0.6, overfitting_threshold: 0.05 };
let root: string;
let store: ArtifactStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "gates-"));
  store = new ArtifactStore(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const judgeModel = async (
  params: typeof PARAMS,
  judged: JudgedArtifacts,
): Promise<GateVerdict[]> => [
  ...judgeScores(params, judged.trainer.artifact),
  await checkBundleAnswers(judged, new AbortController().signal),
];

async function passedOf(wishes: object, params = PARAMS): Promise<Record<string, boolean>> {
  const { judged } = await makeJudged(store, wishes);
  const verdicts = await judgeModel(params, judged);
  return Object.fromEntries(verdicts.map(({ name, passed }) => [name, passed]));
}

test("a good model passes every gate", async () => {
  expect(await passedOf({})).toEqual({
    expected_score: true,
    overfitting_threshold: true,
    bundle_answers: true,
  });
});

test("a weak model, or one that is much better on what it was trained on, does not", async () => {
  expect(await passedOf({ testF1: 0.59, trainF1: 0.6 })).toMatchObject({ expected_score: false });
  expect(await passedOf({ testF1: 0.9, trainF1: 0.9501 })).toMatchObject({
    expected_score: true,
    overfitting_threshold: false,
  });
});

test("bounds themselves pass", async () => {
  const { judged } = await makeJudged(store, { testF1: 0.6, trainF1: 0.6 });
  const verdicts = judgeScores(
    { expected_score: 0.6, overfitting_threshold: 0 },
    judged.trainer.artifact,
  );
  expect(verdicts.map(({ passed }) => passed)).toEqual([true, true]);
});

test("a score that is no number passes nothing", async () => {
  const { judged } = await makeJudged(store, { testF1: NaN });
  // As it was before it became JSON.
  const trainer = { ...judged.trainer.artifact, test: { ...judged.trainer.artifact.test } };
  trainer.test.scores = { ...trainer.test.scores, f1: NaN };
  expect(judgeScores(PARAMS, trainer).map(({ passed }) => passed)).toEqual([false, false]);
});

test("gates that are null are not asked, the bundle always is", async () => {
  expect(
    await passedOf({}, { expected_score: null, overfitting_threshold: null } as never),
  ).toEqual({
    bundle_answers: true,
  });
});

describe("the bundle's answers", () => {
  async function sentenceAfter(
    change: (trainer: string, transformation: string) => Promise<void>,
  ): Promise<string> {
    const { judged } = await makeJudged(store);
    await change(judged.trainer.folder, judged.transformation.folder);
    const verdict = (await judgeModel(PARAMS, judged)).at(-1);
    expect(verdict).toMatchObject({ name: "bundle_answers", passed: false });
    return verdict?.sentence ?? "";
  }

  test("must be those that the trainer recorded, to the last bit", async () => {
    const sentence = await sentenceAfter(async (trainer) => {
      const path = join(trainer, "trained_model/test_probabilities.npy");
      const matrix = await readNpy(path);
      matrix.data[7] = (matrix.data[7] as number) + 2 ** -53;
      await writeNpy(path, matrix);
    });
    expect(sentence).toBe(
      "The bundle differs from the trainer on 1 of 60 test rows, and on 1 of 60 given as text",
    );
  });

  test("must be the same when the row comes as text", async () => {
    const sentence = await sentenceAfter(async (_trainer, transformation) => {
      // The matrix says another thing of row 3 than the table does.
      const path = join(transformation, "transformed/test_rows.npy");
      const rows = await readNpy(path);
      rows.data[3 * 3] = 1000;
      await writeNpy(path, rows);
    });
    expect(sentence).toContain("on 0 of 60 test rows, and on 1 of 60 given as text");
  });

  test("cannot be had from a bundle with a flipped byte", async () => {
    const sentence = await sentenceAfter(async (trainer) => {
      const path = join(trainer, "trained_model/model.bundle");
      const bytes = await readFile(path);
      bytes[bytes.length - 20] = (bytes[bytes.length - 20] as number) ^ 1;
      await writeFile(path, bytes);
    });
    expect(sentence).toBe(
      "The bundle cannot be asked: its file is not the one that the trainer wrote",
    );
  });

  test("cannot be had from what is no bundle", async () => {
    const { judged } = await makeJudged(store);
    const path = join(judged.trainer.folder, "trained_model/model.bundle");
    await writeFile(path, "no bundle");
    const artifact = { ...judged.trainer.artifact, bundleHash: sha256("no bundle") };
    const trainer = { ...judged.trainer, artifact };
    const verdict = (await judgeModel(PARAMS, { ...judged, trainer })).at(-1);
    expect(verdict).toMatchObject({ passed: false });
    expect(verdict?.sentence).toMatch(/^The bundle cannot be asked: /);
  });
});

test("made-up rows that nobody asked for do not take the place of real ones", () => {
  const real = { kind: "csv", name: "rows.csv", synthetic: false } as const;
  const madeUp = { kind: "synthetic", name: "net", synthetic: true } as const;
  expect(judgeSource(real, madeUp)).toEqual([]);
  expect(judgeSource(madeUp, real)).toMatchObject([{ name: "real_rows", passed: false }]);
  expect(judgeSource(madeUp, madeUp)).toMatchObject([{ passed: true }]);
  expect(judgeSource(madeUp, null)).toMatchObject([{ passed: true }]);
});

test("the error names every gate that failed and what stays live", async () => {
  const { judged } = await makeJudged(store, { testF1: 0.5, trainF1: 0.9 });
  const verdicts = await judgeModel(PARAMS, judged);
  expect(gatesError(verdicts, 2)).toMatchObject({
    code: "RUN_GATES_FAILED",
    message:
      "2 of 3 gates did not pass:\n" +
      "  expected_score: F1 of the positive class is 0.5000 on the test part; gates.expected_score asks for at least 0.6\n" +
      "  overfitting_threshold: F1 on the training part minus F1 on the test part is 0.4000; gates.overfitting_threshold allows 0.05",
    hint: expect.stringContaining("Version 2 stays live"),
  });
  expect(gatesError(verdicts, null).hint).toContain("Nothing is published");
});
