import type { BenchApp } from "../src/bench-app.ts";

/** A world for a command, and what it wrote. */
export function testApp(given: Partial<BenchApp> = {}): {
  readonly app: BenchApp;
  readonly out: () => string;
  readonly err: () => string;
} {
  const written = { out: "", err: "" };
  const stream = (name: "out" | "err"): BenchApp["out"] => ({
    write: (text) => {
      written[name] += text;
    },
  });
  return {
    app: {
      commandLine: [],
      environment: {},
      out: stream("out"),
      err: stream("err"),
      now: () => new Date("2026-01-31T12:00:00Z"),
      signal: new AbortController().signal,
      ...given,
    },
    out: () => written.out,
    err: () => written.err,
  };
}
