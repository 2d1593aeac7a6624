import { PipelineError } from "@gillnet/entity";
import { formatBug, formatError } from "../../src/terminal/error-text.ts";
import { createTerminal } from "../../src/terminal/terminal.ts";

const stream = { isTTY: false, write: () => true };
const terminal = createTerminal(stream, stream, {}, "linux");

test("an expected error says what, what to do, and its code", () => {
  const error = new PipelineError("RUN_X", "Two gates failed:\n  a: low\n  b: high", {
    hint: "Mend the data",
  });
  expect(formatError(error, terminal)).toBe(
    "✗ Two gates failed:\n    a: low\n    b: high\n  What to do: Mend the data\n  Code RUN_X, see docs/errors.md\n",
  );
});

test("an unexpected one has one line and a place, no stack", () => {
  expect(formatBug("x is not a function", "/tmp/run.log", terminal)).toBe(
    "✗ Stopped by what nobody expected: x is not a function\n" +
      "  This is a bug in Gillnet. What to do: report it with /tmp/run.log\n",
  );
});
