import { createRedactor } from "../../src/run/redactor.ts";
import { createTerminal } from "../../src/terminal/terminal.ts";
import type { App } from "../../src/workspace.ts";

/** A process for commands: pipes whose text can be read, and the given network. */
export function smallApp(
  workingFolder: string,
  fetch: App["fetch"],
): { app: App; written: { out: string; err: string } } {
  const written = { out: "", err: "" };
  const pipe = (name: "out" | "err") => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  const app: App = {
    commandLine: [],
    environment: {},
    workingFolder,
    terminal: createTerminal(pipe("out"), pipe("err"), {}, "linux"),
    now: () => new Date("2026-11-22T14:22:10Z"),
    fetch,
    signal: new AbortController().signal,
    atExit: new Set(),
    redact: createRedactor([]),
    logs: new Set(),
  };
  return { app, written };
}

export const NO_FLAGS = { set: [], json: false };

/** Of a table of the UCI repository with this fingerprint. */
export function uciConfig(fingerprint: string): string {
  return `name: small
source: { kind: uci, uci: { id: 9, name: Nine, fingerprint: "${fingerprint}" } }
schema:
  columns: { a: numeric }
  label: { column: y, positive: { name: p, values: [1] }, negative: { name: n, values: [0] } }
`;
}
