import { WorkerPool } from "../../src/engine/pool.ts";

const WORKER = new URL("../fixtures/obedient-worker.mjs", import.meta.url);

interface Echo {
  readonly echo: number;
  readonly data: { readonly shared: Int32Array };
  readonly threadId: number;
}

let pool: WorkerPool;
let controller: AbortController;

function open(size: number): void {
  controller = new AbortController();
  const shared = new Int32Array(new SharedArrayBuffer(4)).fill(7);
  pool = new WorkerPool({ shared }, size, controller.signal, WORKER);
}

afterEach(() => pool.close());

test("each task gets its own answer, from no more threads than allowed", async () => {
  open(2);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, echo) => pool.run<Echo>({ echo })),
  );
  expect(answers.map((answer) => answer.echo)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  expect(answers[0]?.data.shared).toEqual(Int32Array.of(7));
  expect(new Set(answers.map((answer) => answer.threadId)).size).toBeLessThanOrEqual(2);
});

test("a refused task rejects with its PipelineError, the others go on", async () => {
  open(1);
  const error = {
    code: "TRAINER_NO_ROWS",
    message: "0 rows",
    hint: "Bring some",
    details: { rows: 0 },
  };
  const refused = pool.run({ refuse: error });
  const next = pool.run<Echo>({ echo: 5 });
  await expect(refused).rejects.toMatchObject({ ...error, name: "PipelineError" });
  await expect(pool.run({ refuse: { message: "odd", details: {} } })).rejects.toMatchObject({
    code: "TRAINER_WORKER_FAILED",
    message: "A worker of the trainer failed: odd",
  });
  expect((await next).echo).toBe(5);
});

test.each([
  ["exits", { exit: 3 }, "it exited with code 3"],
  ["throws outside of a task", { throw: "broken" }, "broken"],
])("a thread that %s fails all tasks that have not ended", async (_, task, message) => {
  open(1);
  const results = await Promise.allSettled([pool.run(task), pool.run({ echo: 1 })]);
  for (const result of results) {
    expect(result).toMatchObject({
      status: "rejected",
      reason: {
        code: "TRAINER_WORKER_FAILED",
        message: `A worker of the trainer failed: ${message}`,
      },
    });
  }
  await expect(pool.run({ echo: 2 })).rejects.toMatchObject({ code: "TRAINER_WORKER_FAILED" });
});

test("abort stops threads in the midst of a loop, with the signal's reason", async () => {
  open(2);
  const running = [pool.run({ spin: true }), pool.run({ spin: true }), pool.run({ echo: 1 })];
  const reason = new RangeError("enough");
  controller.abort(reason);
  const results = await Promise.allSettled(running);
  for (const result of results) expect(result).toEqual({ status: "rejected", reason });
  await expect(pool.run({ echo: 1 })).rejects.toBe(reason);
});

test("a pool under an aborted signal takes nothing", async () => {
  controller = new AbortController();
  controller.abort("no");
  pool = new WorkerPool(null, 1, controller.signal, WORKER);
  await expect(pool.run({ echo: 1 })).rejects.toBe("no");
});

test("closing ends what still runs, and may be done twice", async () => {
  open(1);
  const running = pool.run({ spin: true });
  const rejected = expect(running).rejects.toMatchObject({ code: "TRAINER_WORKER_FAILED" });
  await pool.close();
  await rejected;
  await pool.close();
});

test("an idle thread serves the next pool, with the new pool's data", async () => {
  open(1);
  const first = await pool.run<Echo>({ echo: 1 });
  await pool.close();
  pool = new WorkerPool("other data", 1, controller.signal, WORKER);
  const second = await pool.run<Echo>({ echo: 2 });
  expect(second).toEqual({ echo: 2, data: "other data", threadId: first.threadId });
});

test("a thread that is ended serves nobody else", async () => {
  open(1);
  const { threadId } = await pool.run<Echo>({ echo: 1 });
  const running = pool.run({ spin: true }).catch(() => undefined);
  await pool.close();
  await running;
  pool = new WorkerPool(null, 1, new AbortController().signal, WORKER);
  expect((await pool.run<Echo>({ echo: 2 })).threadId).not.toBe(threadId);
});
