import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { StageContext, TrainerArtifact } from "@gillnet/entity";
import { SeededRandom } from "@gillnet/entity";
import { decodeBundle } from "@gillnet/model-bundle";

import type { Evidence } from "../src/evidence.ts";
import type { TrainerParams } from "../src/params.ts";
import { train } from "../src/train.ts";
import { randomTable } from "./random-table.ts";
import { contextIn, inFolder, writeTransformed } from "./transformed-folder.ts";

const limits = { max_depth: null, min_samples_leaf: 2, min_samples_split: 2 };
const PARAMS: TrainerParams = {
  folds: 3,
  metric: "log_loss",
  search: { kind: "grid", candidates: 9, factor: 3, time_budget: null },
  ensemble: { kind: "none", members: null },
  families: {
    logistic_regression: { C: [0.01, 0.1, 1], max_iter: 100, standardize: true },
    decision_tree: { criterion: ["gini", "entropy"], ...limits, max_depth: [1, 2, 3] },
    random_forest: {
      n_estimators: [4, 12],
      criterion: "gini",
      max_features: "sqrt",
      bootstrap: true,
      ...limits,
    },
  },
};

const table = randomTable(
  600,
  [
    { kind: "numeric", levels: 6, missing: 0.05 },
    { kind: "numeric", levels: 5 },
    { kind: "categorical", levels: 4 },
  ],
  new SeededRandom(3),
);
/** Two rows a group, at random: groups straddle equal vectors, as groups of their own do. */
const rows = Array.from(table.labels, (label, row) => ({
  cells: Array.from(table.x.data.subarray(3 * row, 3 * row + 3)),
  label,
  group: (row * 7) % 300,
  weight: 1 + (row % 2),
}));

interface Outcome {
  readonly artifact: TrainerArtifact;
  readonly bundle: Uint8Array;
  readonly evidence: string;
}

function run(
  params: Partial<TrainerParams>,
  context: Partial<StageContext> = {},
  {
    groupedBy = "group",
    reverse = false,
  }: { groupedBy?: "group" | "random"; reverse?: boolean } = {},
): Promise<Outcome> {
  return inFolder(async (folder) => {
    const given = reverse ? rows.toReversed() : rows;
    const training = given.filter(({ group }) => group < 240);
    const test = given.filter(({ group }) => group >= 240);
    const transformation = await writeTransformed(
      folder,
      table.features,
      training,
      test,
      groupedBy,
    );
    const stage = contextIn(join(folder, "out"), context);
    const artifact = await train({ transformation }, { ...PARAMS, ...params }, stage);
    return {
      artifact,
      bundle: readFileSync(stage.output.path(artifact.files.bundle)),
      evidence: readFileSync(stage.output.path(artifact.files.evidence), "utf8"),
    };
  });
}

const random = { ...PARAMS.search, kind: "random", candidates: 5 } as const;
const halving = { ...PARAMS.search, kind: "halving" } as const;
const average = { kind: "average", members: null } as const;
const stacking = { kind: "stacking", members: null } as const;

describe.each([
  ["a random search", { search: random }, "group"],
  ["halving", { search: halving }, "group"],
  ["halving of a random split", { search: halving }, "random"],
  ["an average", { ensemble: average }, "group"],
  ["a stack after halving", { search: halving, ensemble: stacking }, "group"],
] as const)("%s", (_name, params, groupedBy) => {
  test("gives the same bytes whatever the jobs and the order of the rows", async () => {
    const one = await run(params, { jobs: 1 }, { groupedBy });
    const other = await run(params, { jobs: 3 }, { groupedBy, reverse: true });
    expect(other.evidence).toBe(one.evidence);
    expect(other.bundle).toEqual(one.bundle);
  });
});

test("a random search tries as many as it is told to", async () => {
  const { artifact } = await run({ search: random });
  expect(artifact.leaderboard).toHaveLength(5);
  expect(artifact.selection.search).toMatchObject({
    kind: "random",
    combinations: 11,
    candidates: 5,
  });
  // On the same folds a candidate has the same scores as in the whole grid.
  const { artifact: whole } = await run({});
  for (const entry of artifact.leaderboard) {
    expect(whole.leaderboard).toContainEqual(entry);
  }
});

test("halving says what it left behind on how many rows", async () => {
  const { artifact, evidence } = await run({ search: halving });
  const shares = artifact.leaderboard.map(({ trainingShare }) => trainingShare);
  expect(shares).toEqual([undefined, 1 / 3, 1 / 3, ...new Array<number>(6).fill(1 / 9)]);
  expect(artifact.crossValidation).toEqual(artifact.leaderboard[0]?.scores);
  expect((JSON.parse(evidence) as Evidence).leaderboard[8]?.trainingShare).toBe(1 / 9);
});

test.each([
  ["average", average],
  ["stacking", stacking],
] as const)(
  "an ensemble (%s) is a candidate like any other, and a model of its own",
  async (kind, ensemble) => {
    // Penalised too much, its answers are all near a half: there is something to mend.
    const timid = { C: 0.0005, max_iter: 100, standardize: true };
    const families = { ...PARAMS.families, logistic_regression: timid };
    const { artifact, bundle, evidence } = await run({ ensemble, families });
    const { artifact: alone } = await run({ families });
    const place = artifact.leaderboard.findIndex(({ family }) => family === kind);
    expect(place).toBeGreaterThanOrEqual(0);
    expect(artifact.leaderboard.toSpliced(place, 1)).toEqual(alone.leaderboard);
    const losses = artifact.leaderboard.map(({ scores }) => scores.logLoss);
    expect(losses).toEqual(losses.toSorted((a, b) => a - b));
    expect(artifact.notes.at(-1)).toMatch(
      /is scored on each fold with .* fitted on the other folds$/,
    );
    expect((JSON.parse(evidence) as Evidence).leaderboard[place]?.foldScores).toHaveLength(3);
    expect(artifact.family).toBe(kind);
    const { model } = decodeBundle(bundle);
    if (model.kind !== "average" && model.kind !== "stacking") throw new Error(model.kind);
    const parts = model.kind === "average" ? model.weights : model.coefficients;
    expect(model.members.length).toBe(parts.length);
    const told = Object.entries(artifact.params).filter(([name]) =>
      /\.(weight|coefficient)$/.test(name),
    );
    expect(told.length).toBe(parts.length);
    told.forEach(([, part], m) => expect(part).toBeCloseTo(parts[m] as number, 4));
    expect(artifact.randomCrossValidation).not.toEqual(artifact.crossValidation);
  },
);

test("an ensemble on random folds has its own scores as the random ones", async () => {
  const { artifact } = await run({ ensemble: average }, {}, { groupedBy: "random" });
  expect(artifact.family).toBe("average");
  expect(artifact.randomCrossValidation).toEqual(artifact.crossValidation);
});

test("a limit of time that is spent at once leaves one plan, and says so", async () => {
  let time = 0;
  const now = (): Date => new Date((time += 1000));
  const search = { ...PARAMS.search, time_budget: 0.5 };
  const { artifact } = await run({ search, ensemble: average }, { now });
  expect(artifact.leaderboard.map(({ family }) => family)).toEqual(["logistic_regression"]);
  expect(artifact.selection.search).toEqual({
    kind: "grid",
    combinations: 11,
    candidates: 11,
    leftOut: 10,
    timeBudget: 0.5,
  });
  expect(artifact.notes).toEqual([
    "Time was up after 0.5 s: 10 of 11 candidates were not scored on all folds and are left out. On another machine, or another day, the search may get further and choose another model",
    "The ensemble was left out: candidates of one family alone have been scored",
  ]);
});

test("a limit of time that is not spent changes the choice in nothing", async () => {
  const search = { ...PARAMS.search, time_budget: 1e6 };
  const limited = await run({ search });
  expect(limited.bundle).toEqual((await run({})).bundle);
});

describe("refused before any work", () => {
  test.each([
    [
      "a sample that is too small",
      { search: { ...halving, factor: 10, candidates: 11 }, folds: 12 },
      "TRAINER_SAMPLE_TOO_SMALL",
    ],
  ] as const)("%s", async (_, params, code) => {
    const messages: string[] = [];
    const progress = ({ message }: { message: string }): void => void messages.push(message);
    await expect(run(params, { progress })).rejects.toMatchObject({ code });
    expect(messages.filter((message) => message !== "reading matrices")).toEqual([]);
  });
});

describe("an abort", () => {
  /** Aborts as soon as a message matches, and keeps what happens in its order. */
  async function events(params: Partial<TrainerParams>, when: RegExp): Promise<string[]> {
    const controller = new AbortController();
    const reason = new RangeError("interrupted");
    const seen: string[] = [];
    const progress = ({ message }: { message: string }): void => {
      if (controller.signal.aborted) seen.push(`after: ${message}`);
      else if (when.test(message)) {
        seen.push("abort");
        controller.abort(reason);
      }
    };
    const running = run(params, { signal: controller.signal, progress });
    seen.push(
      await running.then(
        () => "ended",
        (error: unknown) => (error === reason ? "rejected" : "failed"),
      ),
    );
    return seen;
  }

  // Fits that would keep the threads busy long after any test has given up.
  const endless = {
    families: {
      logistic_regression: { C: 1, max_iter: 100, standardize: true },
      random_forest: { ...PARAMS.families.random_forest, n_estimators: 10_000 },
    },
  } as Partial<TrainerParams>;

  test.each([
    ["the search", { ...endless, folds: 9 }, /^logistic|^random forest/],
    [
      "the search, with a limit of time",
      { ...endless, search: { ...PARAMS.search, time_budget: 1e6 } },
      /^logistic|^random forest/,
    ],
    ["a round of halving", { search: halving }, /^decision tree/],
    ["the members' fits", { ensemble: average }, /^average of the best/],
    ["the last fits", { ensemble: average }, /^fitting the best/],
  ] as const)(
    "in %s rejects with the signal's reason, and nothing goes on",
    async (_, params, when) => {
      expect(await events(params, when)).toEqual(["abort", "rejected"]);
    },
  );
});
