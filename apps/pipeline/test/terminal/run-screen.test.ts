import type { IngestionArtifact, TrainerArtifact } from "@gillnet/entity";
import type { RunEvent } from "../../src/run/run-event.ts";
import { RunScreen } from "../../src/terminal/run-screen.ts";
import { createTerminal } from "../../src/terminal/terminal.ts";

const ingestion = {
  stage: "ingestion",
  source: { kind: "csv", name: "phisingData.csv", synthetic: false },
  rows: 11_055,
  rejectedRows: 0,
  split: { by: "vector", trainRows: 8844, testRows: 2211, leakedTestRows: 0 },
} as IngestionArtifact;

const trainer = {
  stage: "trainer",
  family: "random_forest",
  params: {},
  leaderboard: [
    {
      family: "random_forest",
      params: { n_estimators: 256 },
      scores: { logLoss: 0.126, accuracy: 0.954, rocAuc: 0.99 },
      standardError: 0.004,
    },
    {
      family: "decision_tree",
      params: { criterion: "gini" },
      scores: { logLoss: 0.9, accuracy: 0.93, rocAuc: 0.94 },
      standardError: 0.07,
    },
  ],
  selection: { metric: "log_loss", folds: 5, by: "vector" },
  crossValidation: { logLoss: 0.126, accuracy: 0.954 },
  randomCrossValidation: { accuracy: 0.971 },
  test: {
    scores: { logLoss: 0.0974 },
    intervals: { accuracy: { value: 0.958, low: 0.95, high: 0.965 } },
  },
} as unknown as TrainerArtifact;

const RUN = "2026-11-22-150000";
const gate = { name: "expected_score", passed: true, value: 1, bound: 0, sentence: "s" } as const;

interface Shown {
  readonly out: string;
  readonly err: string;
  readonly live: readonly string[];
}

/** What the screen writes for these events; `columns` makes it a terminal. */
function show(events: readonly RunEvent[], columns?: number, environment = {}): Shown {
  const written = { out: "", err: "" };
  const live: string[] = [];
  const stream = (name: "out" | "err") => ({
    isTTY: columns !== undefined,
    columns,
    write: (text: string) => {
      written[name] += text;
    },
  });
  const terminal = createTerminal(
    stream("out"),
    stream("err"),
    { NO_COLOR: "1", ...environment },
    "linux",
  );
  const nothing = (): void => undefined;
  const line = { show: (text: string) => live.push(text), clear: nothing, close: nothing };
  let seconds = 0;
  const screen = new RunScreen(terminal, line, () => 1000 * seconds++);
  for (const event of events) screen.listen(event);
  screen.close();
  return { ...written, live };
}

const START: RunEvent[] = [
  { event: "run.started", name: "phishing", seed: 42, gillnet: "0.3.0" },
  { event: "source.resolved", source: ingestion.source, notes: [] },
];

const WHOLE: RunEvent[] = [
  ...START,
  {
    event: "stage.skipped",
    stage: "ingestion",
    from: "2026-11-22-142210",
    reasons: ["inputs, params and code as in run 2026-11-22-142210"],
    artifact: ingestion,
  },
  { event: "stage.started", stage: "trainer", reasons: ["code of trainer"] },
  { event: "stage.progress", stage: "trainer", fraction: 0.61, message: "random forest 43/60" },
  { event: "stage.finished", stage: "trainer", seconds: 75.2, artifact: trainer },
  { event: "run.judged", run: RUN, ingestion, trainer, gates: [gate, gate] },
  { event: "run.published", version: 3, previous: 2, how: "new" },
  {
    event: "run.finished",
    run: RUN,
    outcome: "succeeded",
    changed: true,
    live: 3,
    published: 3,
  },
];

test("a run, piped: plain lines, nothing on stderr", () => {
  expect(show(WHOLE)).toEqual({
    out: [
      "Gillnet 0.3.0 · phishing · seed 42",
      "",
      "  ingestion        – unchanged (inputs, params and code as in run 2026-11-22-142210)",
      "  trainer          ✓ 1 min 15 s  random forest, best of 2 candidates: log loss 0.126 over 5 folds",
      "",
      "  Best: random forest, log loss 0.097; accuracy 95.8 % (95.0 to 96.5) on 2,211 rows whose vectors were never seen in training",
      "  Folds: accuracy 95.4 % over 5 folds that keep equal vectors together; 97.1 % over random folds, which let a model meet rows again",
      "",
      "  The best of each family out of 2 candidates, chosen by log loss over 5 folds",
      "  of the training part:",
      "  Rank  Family         Log loss  Std error  Accuracy  ROC AUC  Tried",
      "     1  random forest  0.1260    0.0040     95.4 %    0.9900       1",
      "     2  decision tree  0.9000    0.0700     93.0 %    0.9400       1",
      "  All candidates with their settings are in evidence.json.",
      "",
      "  Gates: 2 of 2 passed. Published as version 3 (was 2).",
      "  Details: pnpm pipeline show 2026-11-22-150000",
      "",
    ].join("\n"),
    err: "",
    live: [],
  });
});

test("tracking: one line while it lasts, then where the run is and what is not there", () => {
  const server = "http://127.0.0.1:5000";
  const url = `${server}/#/experiments/1/runs/abc`;
  const events: RunEvent[] = [
    { event: "tracking.started", run: RUN, server },
    {
      event: "run.tracked",
      run: RUN,
      server,
      url,
      sent: 80,
      modelVersion: null,
      notes: ["Dataset 'rows': the server has none"],
    },
  ];
  expect(show(events)).toEqual({
    out: `  Tracked: ${url}\n  Dataset 'rows': the server has none\n`,
    err: "",
    live: [],
  });
  expect(show(events, 50).live).toEqual(["  tracking         ▸ sending the run to http://12"]);
});

test("a run on a terminal: lines wrap, the running stage has a bar", () => {
  const { out, live } = show(WHOLE, 60);
  expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(60);
  expect(live.at(-1)).toMatch(/^ {2}trainer {10}▸ ███████░░░░░ 61 % {2}random for… · \d\.\d s$/);
  for (const line of live) expect(line.length).toBeLessThanOrEqual(60);
});

test("a run where marks are not to be had is the same in ASCII", () => {
  const { out, live } = show(WHOLE, 60, { LANG: "C" });
  expect(out).toContain("Gillnet 0.3.0 - phishing - seed 42");
  expect(out).toContain("  ingestion        - unchanged");
  expect(live.at(-1)).toContain("> #######..... 61 %  random fo.. - 3.0 s");
  expect(out + live.join("")).toMatch(/^[\n\u0020-\u007E]*$/);
});

test("gates that did not pass are counted; the error tells them", () => {
  const failed = { ...gate, passed: false };
  const { out } = show([
    { event: "run.judged", run: RUN, ingestion, trainer, gates: [gate, failed] },
  ]);
  expect(out).toMatch(/ {2}Gates: 1 of 2 passed\.\n$/);
});

test("nothing to do: which run has it, and what is live", () => {
  const finished = {
    event: "run.finished",
    run: "A",
    outcome: "succeeded",
    changed: false,
    published: 3,
  } as const;
  expect(show([{ ...finished, live: 3 }]).out).toContain(
    "Nothing to do: run A has it all, and version 3 is live.",
  );
  expect(show([{ ...finished, live: 2 }]).out).toContain(
    "Live is version 2, not its version 3: pnpm pipeline rollback 3 puts that back.",
  );
  expect(show([{ ...finished, live: null }]).out).toContain("Nothing to do: run A has it all.");
});

test("made-up rows: a box on stderr before and after, a mark on stdout, and in the verdict", () => {
  const source = { kind: "synthetic", name: "net", synthetic: true } as const;
  const madeUp = { ...ingestion, source };
  const { out, err } = show([
    { event: "source.resolved", source, notes: ["The rows are synthetic"] },
    { event: "run.judged", run: RUN, ingestion: madeUp, trainer, gates: [gate] },
    { event: "run.finished", run: "A", outcome: "succeeded", changed: true, live: 1, published: 1 },
  ]);
  expect(err.match(/│ MADE-UP DATA +│/g)).toHaveLength(2);
  expect(err).toContain("│ The rows are synthetic");
  expect(
    new Set(
      err
        .trim()
        .split("\n")
        .map((line) => line.length),
    ),
  ).toEqual(new Set([76]));
  expect(out).toContain("MADE-UP DATA: synthetic rows");
  expect(out).toContain("2,211 made-up rows");
});

test("warnings go to stderr, failures keep their line", () => {
  const { out, err } = show([
    { event: "stage.started", stage: "trainer", reasons: [] },
    { event: "warning", code: "x", message: "The artifact is damaged" },
    { event: "stage.failed", stage: "trainer", seconds: 0.2, message: "No candidate" },
  ]);
  expect(err).toBe("! The artifact is damaged\n");
  expect(out).toBe("  trainer          ✗ 0.2 s    stopped\n");
});
