import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runSide } from "../../src/sides/run-side.ts";
import type { SideCommand, SideProgress } from "../../src/sides/run-side.ts";

const node = (code: string, more: Partial<SideCommand> = {}): SideCommand => ({
  name: "side",
  command: process.execPath,
  args: ["-e", code],
  environment: {},
  ...more,
});
const { signal } = new AbortController();
const FOREVER = "setInterval(() => {}, 1000);";

test("gives the result, passes progress on and leaves other talk alone", async () => {
  const seen: SideProgress[] = [];
  const code = `console.log("hello");
    console.log("{ no JSON");
    console.log(JSON.stringify({ event: "progress", share: 0.5 }));
    console.log(JSON.stringify({ event: "result", seconds: [1] }));`;
  const answer = await runSide(node(code), signal, (progress) => seen.push(progress));
  expect(answer).toEqual({ event: "result", seconds: [1] });
  expect(seen).toEqual([{ event: "progress", share: 0.5 }]);
});

test("sees the given environment alone", async () => {
  const code = `console.log(JSON.stringify({ event: "result", value: process.env }));`;
  const environment = { GIVEN: "1", LEFT_OUT: undefined };
  expect(await runSide(node(code, { environment }), signal)).toMatchObject({
    value: { GIVEN: "1" },
  });
});

test.each([
  ["throws", 'throw new Error("no such thing");', /ended with 1 .* no such thing/],
  ["ends without an answer", "", /ended with 0 .* it said nothing/],
])("a process that %s is an error with its last words", async (_name, code, message) => {
  await expect(runSide(node(code), signal)).rejects.toMatchObject({
    code: "BENCH_SIDE_FAILED",
    message: expect.stringMatching(message) as string,
  });
});

test("a program that is not there is an error", async () => {
  const command = node("", { command: "/nowhere/python" });
  await expect(runSide(command, signal)).rejects.toMatchObject({ code: "BENCH_SIDE_FAILED" });
});

test("one that need not answer may end without", async () => {
  expect(await runSide(node("", { answers: false }), signal)).toBeUndefined();
});

test("is stopped when its time is over", async () => {
  const slow = node(FOREVER, { timeLimitSeconds: 0.2 });
  await expect(runSide(slow, signal)).rejects.toMatchObject({
    code: "BENCH_SIDE_SLOW",
    message: "Not finished after 0.2 s, and stopped",
  });
});

test("an abort ends it and what it has started", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gillnet-bench-"));
  try {
    const pidFile = join(folder, "pid");
    const child = `require("fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); ${FOREVER}`;
    const code = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}]);
      const timer = setInterval(() => {
        if (!require("fs").existsSync(${JSON.stringify(pidFile)})) return;
        console.log(JSON.stringify({ event: "progress", share: 1 }));
      }, 10);`;
    const controller = new AbortController();
    const reason = new Error("Ctrl-C");
    const running = runSide(node(code), controller.signal, () => controller.abort(reason));
    await expect(running).rejects.toBe(reason);
    expect(existsSync(pidFile)).toBe(true);
    const pid = Number(readFileSync(pidFile, "utf8"));
    // Ended, or a zombie until whoever inherits it looks.
    const isGone = (): boolean => {
      try {
        return /\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
      } catch {
        return true;
      }
    };
    while (!isGone()) await new Promise((resolve) => setTimeout(resolve, 10));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
