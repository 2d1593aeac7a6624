import { spawn } from "node:child_process";
import { once } from "node:events";
import { currentProcess, isProcessAlive } from "../src/process-identity.ts";

test("this process is alive", () => {
  expect(isProcessAlive(currentProcess())).toBe(true);
});

test("a process that ended is not", async () => {
  const child = spawn(process.execPath, ["-e", ""]);
  const { pid } = child;
  await once(child, "exit");
  expect(isProcessAlive({ ...currentProcess(), pid: pid as number, startTicks: null })).toBe(false);
});

test("a number that was given to a later process does not count, where starts are known", () => {
  const self = currentProcess();
  if (self.startTicks === null) return;
  expect(isProcessAlive({ ...self, startTicks: self.startTicks - 1 })).toBe(false);
});

test("a process of another machine counts as alive", () => {
  expect(isProcessAlive({ pid: 1, host: "elsewhere.invalid", startTicks: 1 })).toBe(true);
});
