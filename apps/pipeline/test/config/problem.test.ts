import { configErrors } from "../../src/config/errors.ts";
import type { ConfigProblem } from "../../src/config/problem.ts";
import { problemsError } from "../../src/config/problem.ts";

const at = (file: string, line: number, message: string): ConfigProblem => ({
  code: "CONFIG_VALUE_INVALID",
  message,
  origin: { kind: "file", file, line, column: 3 },
});

test("one problem is an error of its own code, with its place and remedy", () => {
  const error = problemsError([{ ...at("p.yaml", 4, "seed is bad"), path: ["seed"] }], []);
  expect(error).toMatchObject({
    code: "CONFIG_VALUE_INVALID",
    message: "p.yaml:4:3: seed is bad",
    hint: configErrors.CONFIG_VALUE_INVALID.remedy,
    details: { file: "p.yaml", line: 4, column: 3, key: "seed" },
  });
});

test("several stand one a line: files by line, flags last, each once", () => {
  const flag: ConfigProblem = {
    code: "CONFIG_UNKNOWN_KEY",
    message: "no key x",
    origin: { kind: "flag", flag: "x=1" },
  };
  const whole: ConfigProblem = {
    code: "CONFIG_FILE_UNREADABLE",
    message: "gone",
    origin: { kind: "whole", file: "p.yaml" },
  };
  const error = problemsError(
    [
      flag,
      at("p.yaml", 9, "b"),
      at("s.yaml", 1, "c"),
      at("p.yaml", 2, "a"),
      at("p.yaml", 2, "a"),
      whole,
    ],
    [],
  );
  expect(error.code).toBe("CONFIG_INVALID");
  expect(error.message).toBe(
    [
      "The configuration has 5 faults:",
      "  p.yaml: gone",
      "  p.yaml:2:3: a",
      "  p.yaml:9:3: b",
      "  s.yaml:1:3: c",
      "  --set x=1: no key x",
    ].join("\n"),
  );
  expect(error.details["problems"]).toMatchObject([
    { code: "CONFIG_FILE_UNREADABLE", details: { file: "p.yaml" } },
    { details: { line: 2 } },
    { details: { line: 9 } },
    { details: { file: "s.yaml" } },
    { code: "CONFIG_UNKNOWN_KEY", message: "--set x=1: no key x", details: { flag: "x=1" } },
  ]);
});

test("secrets are in neither message nor details", () => {
  const error = problemsError(
    [
      {
        code: "CONFIG_SET_SYNTAX",
        message: "hunter2 is bad",
        origin: { kind: "flag", flag: "hunter2" },
      },
      at("p.yaml", 1, "got hunter2"),
    ],
    ["hunter2"],
  );
  expect(JSON.stringify([error.message, error.details])).not.toContain("hunter2");
});
