import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { SeededRandom } from "@gillnet/entity";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** One JSON line of the command line. */
export interface Line {
  readonly event: string;
  readonly [member: string]: unknown;
}

/** What a command line that ended left. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command line that runs. */
export class Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly #seen: Line[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(child: ChildProcess) {
    this.child = child;
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) throw new Error("The child has no pipes");
    const outLines: string[] = [];
    const errChunks: string[] = [];
    stderr.setEncoding("utf8").on("data", (chunk: string) => errChunks.push(chunk));
    const lines = createInterface(stdout);
    lines.on("line", (line) => {
      outLines.push(line);
      if (!line.startsWith("{")) return;
      this.#seen.push(JSON.parse(line) as Line);
      for (const wake of this.#waiting) wake();
    });
    this.ended = Promise.all([once(child, "close"), once(lines, "close")]).then(([closed]) => {
      const [code, signal] = closed as [number | null, NodeJS.Signals | null];
      for (const wake of this.#waiting) wake();
      return { code, signal, stdout: outLines.join("\n"), stderr: errChunks.join("") };
    });
  }

  /** Waits for the first JSON line that `isWanted`; fails when the process ends without one. */
  async line(isWanted: (line: Line) => boolean): Promise<Line> {
    for (;;) {
      const found = this.#seen.find(isWanted);
      if (found !== undefined) return found;
      const over = await Promise.race([
        new Promise<undefined>((resolve) => {
          this.#waiting.add(() => resolve(undefined));
        }),
        this.ended,
      ]);
      if (over !== undefined && !this.#seen.some(isWanted)) {
        throw new Error(`It ended first:\n${over.stdout}\n${over.stderr}`);
      }
    }
  }
}

/** A folder with a pipeline.yaml and a small table, and the built command line on it. */
export class Project {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<Project> {
    const project = new Project(await mkdtemp(join(tmpdir(), "pipeline-cli-")));
    await project.write("pipeline.yaml", CONFIG);
    await project.write("rows.csv", makeTable(400));
    return project;
  }

  start(...args: string[]): Started {
    return this.startWith({}, [], args);
  }

  startWith(
    environment: Readonly<Record<string, string>>,
    nodeFlags: readonly string[],
    args: readonly string[],
  ): Started {
    // Nothing of this machine's settings: no MONGODB_URL, no colours, no fallback of the marks.
    const env = { PATH: process.env["PATH"] ?? "", LANG: "C.UTF-8", ...environment };
    const child = spawn(process.execPath, [...nodeFlags, MAIN, ...args], {
      cwd: this.folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    return new Started(child);
  }

  run(...args: string[]): Promise<Ended> {
    return this.start(...args).ended;
  }

  /** Runs with --json and gives the lines too. */
  async json(...args: string[]): Promise<Ended & { lines: Line[] }> {
    const ended = await this.run(...args, "--json");
    const lines = ended.stdout.split("\n").filter((line) => line !== "");
    return { ...ended, lines: lines.map((line) => JSON.parse(line) as Line) };
  }

  write(path: string, text: string): Promise<void> {
    return writeFile(join(this.folder, path), text);
  }

  read(path: string): Promise<string> {
    return readFile(join(this.folder, path), "utf8");
  }

  /** Names in a folder, sorted; none when it is not there. */
  async list(path: string): Promise<string[]> {
    return (await readdir(join(this.folder, path)).catch(() => [])).sort();
  }

  async readJson(path: string): Promise<Record<string, unknown>> {
    return JSON.parse(await this.read(path)) as Record<string, unknown>;
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Each stage's status or reasons out of the lines of a run. */
export function stagesThat(lines: readonly Line[], event: string): unknown[] {
  return lines.filter((line) => line.event === event).map((line) => line["stage"]);
}

const CONFIG = `name: small
source: { kind: csv, path: rows.csv }
schema:
  columns:
    length: { kind: numeric, minimum: 0, maximum: 100 }
    port: { kind: numeric, values: [0, 1] }
    country: categorical
  label:
    column: verdict
    positive: { name: bad, values: [bad] }
    negative: { name: good, values: [good] }
trainer:
  folds: 2
  families: { decision_tree: { criterion: gini, max_depth: 3 }, random_forest: false, logistic_regression: false }
gates: { overfitting_threshold: 0.5 }
`;

/** Keeps the trainer busy far longer than any test takes. */
export const LONG_TRAINING: readonly string[] = [
  "--set",
  "trainer.families.random_forest={n_estimators: 10000}",
  "--set",
  "trainer.folds=20",
];

/** Rows whose label follows the length and the port, with some noise. */
export function makeTable(rows: number): string {
  const random = new SeededRandom(7);
  const lines = ["length,port,country,verdict"];
  for (let i = 0; i < rows; i++) {
    const length = random.integer(100);
    const port = random.integer(2);
    const country = ["NL", "DE", "FR"][random.integer(3)];
    const bad = length + 30 * port + random.integer(20) > 75;
    lines.push(`${length},${port},${country},${bad ? "bad" : "good"}`);
  }
  return `${lines.join("\n")}\n`;
}
