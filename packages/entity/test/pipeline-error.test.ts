import { isPipelineError, PipelineError } from "../src/pipeline-error.ts";

test("an error carries code, message, hint, details and cause", () => {
  const cause = { code: "ENOENT" };
  const error = new PipelineError("TABLE_FILE_MISSING", "No file at a.csv", {
    hint: "Check the path",
    details: { path: "a.csv" },
    cause,
  });
  expect(error).toMatchObject({
    name: "PipelineError",
    code: "TABLE_FILE_MISSING",
    message: "No file at a.csv",
    hint: "Check the path",
    details: { path: "a.csv" },
    cause,
  });
  expect(new PipelineError("X", "y")).toMatchObject({ hint: undefined, details: {} });
  expect("cause" in new PipelineError("X", "y")).toBe(false);
});

test("isPipelineError knows one that crossed a realm, and nothing else", () => {
  expect(isPipelineError(new PipelineError("X", "y"))).toBe(true);
  expect(isPipelineError(Object.assign(new Error("y"), { name: "PipelineError", code: "X" }))).toBe(
    true,
  );
  for (const other of [new Error("y"), null, undefined, "X", { code: "X" }])
    expect(isPipelineError(other)).toBe(false);
});
