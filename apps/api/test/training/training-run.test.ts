import { LAST_EVENT, TrainingRun } from "../../src/training/training-run.ts";

const start = (): TrainingRun => new TrainingRun({ set: ["seed=7"], force: false });

test("what the pipeline tells becomes the answer", () => {
  const run = start();
  expect(run.answer).toMatchObject({ state: "running", ended: null, run: null, version: null });
  run.add("run.created", { run: "r1", folder: "/f" });
  expect(run.answer.run).toBe("r1");
  run.add("run.finished", { run: "r1", live: 4, published: 4 });
  run.end("succeeded", 0, null);
  expect(run.answer).toMatchObject({
    state: "succeeded",
    version: 4,
    exitCode: 0,
    error: null,
    set: ["seed=7"],
    events: `/api/v1/train/${run.id}/events`,
  });
});

test("the pipeline's own error counts over a guess", () => {
  const run = start();
  run.add("error", { code: "RUN_GATES_FAILED", message: "No", hint: "Look", details: {} });
  run.end("failed", 1, { code: "API_TRAINING_FAILED", message: "?", hint: null });
  expect(run.answer.error).toEqual({ code: "RUN_GATES_FAILED", message: "No", hint: "Look" });
});

test("events are told as they come, and kept; the last one is the answer", () => {
  const run = start();
  const heard: number[] = [];
  run.add("a", {});
  const leave = run.listen(({ id }) => heard.push(id));
  run.add("b", {});
  leave();
  run.end("failed", 1, null);
  expect(heard).toEqual([2]);
  expect(run.eventsAfter(0).map(({ id, event }) => [id, event])).toEqual([
    [1, "a"],
    [2, "b"],
    [3, LAST_EVENT],
  ]);
  expect(run.eventsAfter(2)[0]?.data).toEqual({
    event: LAST_EVENT,
    time: run.answer.ended,
    ...run.answer,
  });
});

test("of progress the newest of each stage is kept, and of all events a thousand", () => {
  const run = start();
  for (let step = 0; step < 5_000; step++) {
    run.add("stage.progress", { stage: step % 2 === 0 ? "a" : "b", step });
  }
  expect(run.eventsAfter(0).map(({ id, data }) => [id, data["step"]])).toEqual([
    [4_999, 4_998],
    [5_000, 4_999],
  ]);
  for (let step = 0; step < 5_000; step++) run.add("warning", {});
  expect(run.eventsAfter(0)).toHaveLength(1_000);
  expect(run.eventsAfter(0).at(-1)?.id).toBe(10_000);
});
