import { readdirSync } from "node:fs";

import { SeededRandom } from "@gillnet/entity";

import { Crew } from "../../../src/engine/hist/crew.ts";
import { fillMemory } from "../../../src/engine/hist/fit-memory.ts";
import type { FitMemory, HistInput, HistLimits } from "../../../src/engine/hist/fit-memory.ts";
import { HistGrower } from "../../../src/engine/hist/grower.ts";
import { JOINED } from "../../../src/engine/hist/header.ts";
import { fitClassifier } from "../../../src/fit-classifier.ts";
import type { LabelledMatrix } from "../../../src/fit-classifier.ts";
import { randomTable, trainingSetOf } from "../../random-table.ts";
import type { RandomTable } from "../../random-table.ts";

const PARAMS = {
  learning_rate: 0.2,
  n_estimators: 6,
  max_depth: 6,
  growth: "depth_wise",
  max_leaf_nodes: null,
  min_samples_leaf: 2,
  min_child_weight: 1,
  l2_regularization: 1,
  subsample: 0.9,
  max_features: 0.7,
  monotonic_constraints: null,
  early_stopping: null,
  validation_share: 0.1,
};

const LIMITS: HistLimits = {
  growth: "depth_wise",
  maxDepth: 6,
  maxLeaves: Infinity,
  leastWeight: 2,
  leastHessian: 1,
  l2: 1,
  treeColumns: 4,
  drawnColumns: 4,
  monotonic: new Int8Array(4),
};

const table = randomTable(
  20_000,
  [9, 3, 2000, 2].map((levels) => ({ kind: "numeric", levels, missing: 0.1 })),
  new SeededRandom(3),
);

function inputOf({ x, ...rest }: RandomTable, threads: number): HistInput {
  const { binned, targets } = trainingSetOf({ x, ...rest });
  const rowWeights = { positive: 1, negative: 1 };
  return { binned, targets, rowWeights, heldOut: null, subsample: 0.5, initialScore: 0.1, threads };
}

/** A tree in the order in which its nodes were made. */
async function growOne(memory: FitMemory, crew: Crew): Promise<readonly number[][]> {
  const grower = new HistGrower(memory, crew, LIMITS);
  await grower.grow(12_345);
  const { records } = grower;
  return Array.from({ length: grower.count }, (_, node) => [
    grower.firstChild[node] as number,
    records.hessian(node),
    records.answer(node),
    records.gain(node),
  ]);
}

test("a tree is the same for any number of threads, with members that all take part", async () => {
  const trees: (readonly number[][])[] = [];
  for (const threads of [1, 2, 4]) {
    const memory = fillMemory(inputOf(table, threads), LIMITS);
    const crew = new Crew(memory.kernel, threads);
    try {
      while (Atomics.load(memory.kernel.ints, JOINED / 4) < threads - 1) await crew.rest();
      trees.push(await growOne(memory, crew));
    } finally {
      await crew.close();
    }
  }
  expect(trees[0]?.length).toBeGreaterThan(60);
  expect(trees[1]).toEqual(trees[0]);
  expect(trees[2]).toEqual(trees[0]);
});

test("a member that dies in the middle of a command fails it", async () => {
  const memory = fillMemory(inputOf(table, 2), LIMITS);
  const crew = new Crew(
    memory.kernel,
    2,
    new URL("../../fixtures/dying-member.mjs", import.meta.url),
  );
  try {
    // Not through the crew: it would hear of the death before the command.
    while (Atomics.load(memory.kernel.ints, JOINED / 4) < 1)
      Atomics.wait(memory.kernel.ints, JOINED / 4, 0, 10);
    await expect(growOne(memory, crew)).rejects.toMatchObject({
      code: "TRAINER_WORKER_FAILED",
      message: "A thread of a fit failed: out of luck",
    });
  } finally {
    await crew.close();
  }
});

test("a subsample has about its share of the copies, and no row more than it has", async () => {
  const heavy = inputOf(table, 1);
  const weight = heavy.targets.weight.map((_, row) => 1 + (row % 7));
  const sum = heavy.targets.sum.map((positive, row) => positive * (1 + (row % 7)));
  const memory = fillMemory({ ...heavy, targets: { sum, weight } }, LIMITS);
  await growOne(memory, new Crew(memory.kernel, 1));
  const { kernel, layout, scales } = memory;
  const counts = new BigInt64Array(kernel.memory.buffer, layout.rowCounts, 20_000);
  const drawn = Array.from(counts, (count) => Number(count) / scales.count);
  drawn.forEach((copies, row) => {
    if (copies % 1 !== 0 || copies > (weight[row] as number))
      throw new Error(`row ${row}: ${copies}`);
  });
  const total = weight.reduce((a, b) => a + b, 0);
  // Eight standard deviations of a binomial law.
  expect(Math.abs(drawn.reduce((a, b) => a + b, 0) - total / 2)).toBeLessThan(4 * Math.sqrt(total));
});

/** Large enough for a crew. */
const wide: LabelledMatrix = ((): LabelledMatrix => {
  const random = new SeededRandom(9);
  const cols = 110;
  const rows = 30_000;
  const data = new Float64Array(rows * cols).map(() => random.integer(50));
  const labels = Uint8Array.from({ length: rows }, (_, row) =>
    Number(
      (data[row * cols] as number) + (data[row * cols + 1] as number) > 40 + random.integer(20),
    ),
  );
  const features = Array.from(
    { length: cols },
    (_, c) => ({ kind: "numeric", name: `c${c}` }) as const,
  );
  return { x: { data, rows, cols }, labels, features };
})();

test("the model is the same for any number of jobs", async () => {
  const signal = new AbortController().signal;
  const [one, three] = await Promise.all(
    [1, 3].map((jobs) =>
      fitClassifier(wide, {
        family: "hist_gradient_boosting",
        params: PARAMS,
        seed: 1,
        jobs,
        signal,
      }),
    ),
  );
  expect(three).toEqual(one);
});

test("an aborted fit rejects at once and leaves no thread running", async () => {
  const fit = (trees: number, controller: AbortController): Promise<unknown> =>
    fitClassifier(wide, {
      family: "hist_gradient_boosting",
      params: { ...PARAMS, n_estimators: trees },
      seed: 1,
      jobs: 3,
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
  const threads = (): number =>
    process.platform === "linux" ? readdirSync("/proc/self/task").length : 0;
  const reason = new Error("enough");
  // Once through, so that the threads that Node itself starts when they are first needed are there.
  await Promise.allSettled([fit(1, new AbortController())]);
  const before = threads();
  await expect(fit(10_000, new AbortController())).rejects.toBe(reason);
  expect(threads()).toBeLessThanOrEqual(before);
});
