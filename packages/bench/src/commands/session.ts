import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { arch, availableParallelism, cpus, totalmem, type } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { BenchApp } from "../bench-app.ts";
import { PEERS } from "../comparisons.ts";
import type { Comparison, PeerLibrary } from "../comparisons.ts";
import { FOLDERS } from "../folders.ts";
import { benchmarksPage } from "../results/benchmarks-page.ts";
import type { BenchResult, SideResult } from "../results/bench-result.ts";
import { readResults, writeResult } from "../results/result-files.ts";
import { findPython } from "../sides/python.ts";
import type { Python } from "../sides/python.ts";
import { columnsLine } from "../terminal/columns.ts";
import { ProgressLine } from "../terminal/progress-line.ts";
import type { BenchOptions } from "./options.ts";

const BUSY_MILLISECONDS = 500;
const MOST_BUSY_CORES = 0.2;

/** Whether a library is to be compared with. */
export function takesPeer({ peers }: BenchOptions, library: PeerLibrary): boolean {
  return peers?.includes(library) ?? true;
}

/** Whether any of these comparisons is to be made with a library of Python's. */
export function needsPython(comparisons: readonly Comparison[], options: BenchOptions): boolean {
  return comparisons.some(({ peers }) =>
    peers.some((peer) => "estimator" in peer && takesPeer(options, peer.library)),
  );
}

/** What the comparisons of one command share. */
export class Session {
  readonly app: BenchApp;
  readonly options: BenchOptions;
  readonly progress: ProgressLine;
  /** Absent when no peer needs it. */
  readonly python: Python | undefined;
  readonly #writes: boolean;

  private constructor(app: BenchApp, options: BenchOptions, python: Python | undefined) {
    this.app = app;
    this.options = options;
    this.progress = new ProgressLine(app.err);
    this.python = python;
    this.#writes = options.write && options.peers === undefined;
    if (options.write && !this.#writes) {
      app.err.write("Results are written by runs with all peers; this one only prints.\n");
    }
  }

  /** @param withPython whether anything that is to be run needs it */
  static async open(app: BenchApp, options: BenchOptions, withPython: boolean): Promise<Session> {
    await mkdir(FOLDERS.scratch, { recursive: true });
    return new Session(app, options, withPython ? await findPython(app) : undefined);
  }

  takes(library: PeerLibrary): boolean {
    return takesPeer(this.options, library);
  }

  /**
   * Cores that others keep busy, looked at while the benchmark itself does nothing. Says so when it is more than a
   * little: peers that wait by spinning (OpenMP) then lose far more than others.
   */
  async busyCores(): Promise<number> {
    const before = coreTimes();
    await setTimeout(BUSY_MILLISECONDS);
    const after = coreTimes();
    const share = (after.busy - before.busy) / Math.max(1, after.all - before.all);
    const cores = Math.round(share * cpus().length * 100) / 100;
    if (cores > MOST_BUSY_CORES) {
      this.app.err.write(`Other processes keep ${cores} cores busy: times will be too long.\n`);
    }
    return cores;
  }

  /** A row for people; nothing when JSON is asked for. */
  print(cells: readonly string[], widths: readonly number[]): void {
    this.progress.end();
    if (!this.options.json) this.app.out.write(columnsLine(cells, widths));
  }

  /** Tells one side, for scripts. */
  tellSide(comparison: string, side: SideResult): void {
    if (this.options.json) this.#line({ event: "side", comparison, ...side });
  }

  /** Tells a result, writes its file, and the page anew. */
  async finish(
    result: Pick<BenchResult, "name" | "bench" | "title" | "settings" | "sides">,
    busyCores: number,
  ): Promise<void> {
    const whole: BenchResult = {
      ...result,
      command: `pnpm bench ${this.app.commandLine.join(" ")}`,
      date: this.options.date ?? this.app.now().toISOString().slice(0, 10),
      machine: { ...machine(), busyCores },
      versions: this.#versions(result.sides),
    };
    if (this.options.json) this.#line({ event: "result", ...whole });
    if (!this.#writes) return;
    await writeResult(FOLDERS.results, whole);
    const { results, remarks } = readResults(FOLDERS.results);
    await writeFile(FOLDERS.page, benchmarksPage(results, remarks));
  }

  #versions(sides: readonly SideResult[]): Record<string, string> {
    const versions: Record<string, string> = {
      Gillnet: versionIn(join(import.meta.dirname, "../../package.json")),
      node: process.versions.node,
      ...this.python?.versions,
    };
    for (const { library } of sides) {
      // The average of all peers' models is nobody's library.
      if (library === PEERS) continue;
      versions[library] ??= versionIn(
        join(import.meta.dirname, "../../node_modules", library, "package.json"),
      );
    }
    return versions;
  }

  #line(value: object): void {
    this.app.out.write(`${JSON.stringify(value)}\n`);
  }
}

function machine(): Omit<BenchResult["machine"], "busyCores"> {
  return {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    memoryGigabytes: Math.round(totalmem() / 1e9),
    system: `${type()} ${arch()}`,
  };
}

/** Milliseconds of all cores, since they started. */
function coreTimes(): { readonly busy: number; readonly all: number } {
  const times = cpus().map((cpu) => cpu.times);
  const busy = times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0);
  return { busy, all: times.reduce((sum, { idle }) => sum + idle, busy) };
}

function versionIn(path: string): string {
  return (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
}
