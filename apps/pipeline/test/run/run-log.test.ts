import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRedactor } from "../../src/run/redactor.ts";
import type { RunEvent } from "../../src/run/run-event.ts";
import { RunLog } from "../../src/run/run-log.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "run-log-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const now = (): Date => new Date("2026-11-22T14:22:10Z");

test("holds what came before it was opened, in order, without secrets and progress", async () => {
  const log = new RunLog(createRedactor(["hunter2"]), now);
  log.listen({ event: "run.started", name: "small", seed: 42, gillnet: "0.1.0" });
  expect(log.path).toBeUndefined();
  await log.open(folder);
  const events: RunEvent[] = [];
  const logger = log.stageLogger("trainer", (event) => {
    events.push(event);
    log.listen(event);
  });
  logger.info("fit.done", "Fitted hunter2", { url: "mongodb://u:p@host" });
  logger.warn("fit.slow", "This takes long");
  log.listen({ event: "stage.progress", stage: "trainer", message: "half" });
  log.writeError(new TypeError("x is hunter2"));
  await log.close();

  expect(events).toEqual([{ event: "warning", code: "fit.slow", message: "This takes long" }]);
  const text = await readFile(log.path ?? "", "utf8");
  expect(text).not.toContain("hunter2");
  const lines = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const time = "2026-11-22T14:22:10.000Z";
  expect(lines).toMatchObject([
    { time, level: "info", event: "run.started", message: "Gillnet 0.1.0 runs small with seed 42" },
    { level: "info", event: "fit.done", stage: "trainer", url: "mongodb://[redacted]@host" },
    { level: "warn", event: "warning", code: "fit.slow", message: "This takes long" },
    { level: "error", event: "run.stopped", message: "x is [redacted]" },
  ]);
  expect(lines[3]?.["stack"]).toContain("run-log.test");
});

test("that was never opened writes nothing", async () => {
  const log = new RunLog(createRedactor([]), now);
  log.writeError("text");
  await log.close();
  expect(log.path).toBeUndefined();
});
