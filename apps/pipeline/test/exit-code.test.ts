import { PipelineError } from "@gillnet/entity";
import { exitCodeOf } from "../src/exit-code.ts";
import { explainStorageError } from "../src/storage-error.ts";

test.each([
  ["CONFIG_INVALID", {}, 2],
  ["RUN_USAGE", {}, 2],
  ["INGESTION_SOURCE_NOT_FOUND", {}, 2],
  ["RUN_GATES_FAILED", {}, 1],
  ["RUN_LOCKED", {}, 1],
  ["TRAINER_X", {}, 1],
  ["RUN_INTERRUPTED", { signal: "SIGINT" }, 130],
  ["RUN_INTERRUPTED", { signal: "SIGTERM" }, 143],
])("%s %j ends with %i", (code, details, exitCode) => {
  expect(exitCodeOf(new PipelineError(code, "", { details }))).toBe(exitCode);
});

test("what nobody expected ends with 1", () => {
  expect(exitCodeOf(new Error("x"))).toBe(1);
  expect(exitCodeOf(undefined)).toBe(1);
});

test("a full disk is explained, a bug is not", () => {
  const full = Object.assign(new Error("ENOSPC"), { code: "ENOSPC", syscall: "write", path: "/a" });
  expect(explainStorageError(full)).toMatchObject({
    code: "RUN_STORAGE",
    message: "Could not write /a: no space is left (ENOSPC)",
  });
  const bug = new TypeError("x");
  expect(explainStorageError(bug)).toBe(bug);
  const other = Object.assign(new Error("x"), { code: "ERR_ASSERTION" });
  expect(explainStorageError(other)).toBe(other);
});
