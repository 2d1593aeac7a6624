import { runFits } from "../../src/selection/run-fits.ts";
import type { FitProgress, PlannedFit } from "../../src/selection/run-fits.ts";

const forest = (name: string, trees: number): PlannedFit => ({
  family: "random_forest",
  params: { n_estimators: trees },
  task: name,
});
const linear = (name: string): PlannedFit => ({
  family: "logistic_regression",
  params: {},
  task: name,
});

/** A pool whose tasks end when they are told to, under a clock that a test sets. */
class HeldPool {
  readonly started: string[] = [];
  readonly tellShare = new Map<string, (share: number) => void>();
  readonly end = new Map<string, () => void>();
  time = 0;
  readonly now = (): Date => new Date(this.time);

  run<Result>(task: unknown, onProgress?: (share: number) => void): Promise<Result> {
    const name = task as string;
    this.started.push(name);
    if (onProgress) this.tellShare.set(name, onProgress);
    return new Promise((resolve) => this.end.set(name, () => resolve(name as Result)));
  }

  async finish(name: string): Promise<void> {
    this.end.get(name)?.();
    await settled();
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

test("as many fits at a time as there are threads, in their order", async () => {
  const pool = new HeldPool();
  const results: string[] = [];
  const running = runFits(
    pool,
    [linear("a"), linear("b"), linear("c")],
    { threads: 2, now: pool.now, onProgress: () => {} },
    () => true,
    (index, result) => results.push(`${index} ${String(result)}`),
  );
  expect(pool.started).toEqual(["a", "b"]);
  await pool.finish("b");
  expect(pool.started).toEqual(["a", "b", "c"]);
  await pool.finish("c");
  await pool.finish("a");
  await running;
  expect(results).toEqual(["1 b", "2 c", "0 a"]);
});

test("after the first no, only required fits start", async () => {
  const pool = new HeldPool();
  let asked = 0;
  const running = runFits(
    pool,
    [
      linear("free"),
      linear("late"),
      { ...linear("required"), required: true },
      linear("never asked"),
    ],
    { threads: 1, now: pool.now, onProgress: () => {} },
    () => ++asked === 1,
    () => {},
  );
  await pool.finish("free");
  await pool.finish("required");
  await running;
  expect(pool.started).toEqual(["free", "required"]);
  expect(asked).toBe(2);
});

test("progress moves within a fit, and speaks of its trees once it takes long", async () => {
  const pool = new HeldPool();
  const told: FitProgress[] = [];
  const running = runFits(
    pool,
    [forest("big", 200), linear("small")],
    { threads: 2, now: pool.now, onProgress: (progress) => told.push(progress) },
    () => true,
    () => {},
  );
  const total = 200 + 8;
  pool.tellShare.get("big")?.(0.25);
  expect(told.at(-1)).toMatchObject({ family: "random_forest", done: 0, of: 1, longFit: null });
  expect(told.at(-1)?.share).toBeCloseTo(50 / total, 12);
  pool.time = 1999;
  await pool.finish("small");
  expect(told.at(-1)).toMatchObject({ family: "logistic_regression", done: 1, longFit: null });
  pool.time = 2000;
  pool.tellShare.get("big")?.(0.5);
  expect(told.at(-1)).toMatchObject({
    family: "random_forest",
    longFit: { share: 0.5, trees: 200 },
  });
  await pool.finish("big");
  await running;
  expect(told.at(-1)).toMatchObject({ done: 1, of: 1, share: 1, longFit: null });
});

test("a fit of no known number of trees tells its share alone", async () => {
  const pool = new HeldPool();
  const told: FitProgress[] = [];
  const running = runFits(
    pool,
    [linear("long")],
    { threads: 4, now: pool.now, onProgress: (progress) => told.push(progress) },
    () => true,
    () => {},
  );
  pool.time = 60_000;
  pool.tellShare.get("long")?.(0.4);
  expect(told.at(-1)?.longFit).toEqual({ share: 0.4, trees: null });
  await pool.finish("long");
  await running;
});
