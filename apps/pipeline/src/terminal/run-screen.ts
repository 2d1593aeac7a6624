import { STAGE_NAMES } from "@gillnet/entity";
import type { StageName, StageProgress } from "@gillnet/entity";
import type { RunEvent } from "../run/run-event.ts";
import { formatBanner } from "./banner.ts";
import { formatSeconds, wrapText } from "./format.ts";
import type { LiveLine } from "./live-line.ts";
import { formatLeaderboard, LEADERBOARD_WIDTH } from "./leaderboard.ts";
import { compareFolds, summarizeStage, summarizeVerdict } from "./stage-summary.ts";
import type { Terminal } from "./terminal.ts";

const NAME_WIDTH = Math.max(...STAGE_NAMES.map((name) => name.length)) + 3;
/** Most times are no longer; those that are move the text to the right. */
const TIME_WIDTH = 7;
const BAR_WIDTH = 12;
const REDRAW_MILLISECONDS = 100;

/**
 * The screen of a run: a header, one line a stage, then the verdict. Results go to `out`; warnings,
 * also the one about made-up data, to `err`.
 */
export class RunScreen {
  readonly #terminal: Terminal;
  readonly #live: LiveLine;
  readonly #clock: () => number;
  #ticker: NodeJS.Timeout | undefined;
  #running: { stage: StageName; since: number; progress: StageProgress } | undefined;
  #synthetic: string | undefined;
  #judged = false;
  #gates = "";
  #drawnAt = -Infinity;

  /** @param clock milliseconds since some moment, never running back. */
  constructor(terminal: Terminal, live: LiveLine, clock: () => number = () => performance.now()) {
    this.#terminal = terminal;
    this.#live = live;
    this.#clock = clock;
  }

  /** Shows one event. */
  readonly listen = (event: RunEvent): void => {
    const { marks, color } = this.#terminal;
    switch (event.event) {
      case "run.started": {
        const parts = [color.bold(`Gillnet ${event.gillnet}`), event.name, `seed ${event.seed}`];
        this.#print(parts.join(` ${marks.separator} `));
        break;
      }
      case "source.resolved":
        if (event.source.synthetic) this.#announceSynthetic(event.source.name, event.notes);
        else for (const note of event.notes) this.#print(`  ${color.dim(note)}`);
        this.#print("");
        break;
      case "stage.started":
        this.#startStage(event.stage);
        break;
      case "stage.progress":
        if (this.#running?.stage === event.stage) this.#running.progress = event;
        // Now, and not at the next tick: a stage that computes leaves no time for ticks.
        if (this.#clock() - this.#drawnAt > REDRAW_MILLISECONDS) this.#redraw();
        break;
      case "stage.skipped": {
        const text = `unchanged (${event.reasons.join("; ")})`;
        this.#printStage(event.stage, color.dim(marks.skipped), "", text);
        break;
      }
      case "stage.finished": {
        const summary = summarizeStage(event.artifact);
        this.#printStage(
          event.stage,
          color.green(marks.done),
          formatSeconds(event.seconds),
          summary,
        );
        break;
      }
      case "stage.failed":
        this.#printStage(
          event.stage,
          color.red(marks.failed),
          formatSeconds(event.seconds),
          "stopped",
        );
        break;
      case "run.judged":
        this.#printVerdict(event);
        break;
      case "run.published":
        this.#printResult(`${this.#gates} ${describePublication(event)}`);
        break;
      case "run.finished":
        this.#printEnd(event);
        break;
      case "tracking.started":
        this.#showTracking(event.server);
        break;
      case "run.tracked":
        this.#printResult(`${color.bold("Tracked:")} ${event.url}`);
        for (const note of event.notes) this.#printResult(color.dim(note));
        break;
      case "warning":
        this.#warn(event.message);
        break;
      case "run.created":
        break;
    }
  };

  /** Leaves the terminal as it should be: no live line, the cursor shown. */
  close(): void {
    this.#stopStage();
    this.#live.close();
  }

  #startStage(stage: StageName): void {
    this.#running = { stage, since: this.#clock(), progress: { message: "starting" } };
    if (!this.#terminal.interactive) return;
    this.#ticker = setInterval(() => this.#redraw(), REDRAW_MILLISECONDS);
    this.#ticker.unref();
    this.#redraw();
  }

  #stopStage(): void {
    clearInterval(this.#ticker);
    this.#running = undefined;
    this.#live.clear();
  }

  #redraw(): void {
    if (this.#running === undefined || !this.#terminal.interactive) return;
    const { stage, since, progress } = this.#running;
    const { marks, color, columns } = this.#terminal;
    const now = this.#clock();
    this.#drawnAt = now;
    const { fraction } = progress;
    const share =
      fraction === undefined
        ? ""
        : `${this.#bar(fraction)} ${`${Math.floor(fraction * 100)} %`.padEnd(5)} `;
    const head = `  ${stage.padEnd(NAME_WIDTH)}`;
    const elapsed = ` ${marks.separator} ${formatSeconds((now - since) / 1000)}`;
    const room = columns - head.length - 3 - share.length - elapsed.length;
    const { message } = progress;
    const end = Math.max(0, room - marks.ellipsis.length);
    const cut = message.length > room ? message.slice(0, end) + marks.ellipsis : message;
    this.#live.show(`${head}${color.cyan(marks.running)} ${share}${cut}${elapsed}`);
  }

  #bar(fraction: number): string {
    const { barFull, barEmpty } = this.#terminal.marks;
    const full = Math.round(Math.min(1, Math.max(0, fraction)) * BAR_WIDTH);
    return barFull.repeat(full) + barEmpty.repeat(BAR_WIDTH - full);
  }

  /** One line while it lasts; no stage runs meanwhile. */
  #showTracking(server: string): void {
    const { interactive, marks, color, columns } = this.#terminal;
    if (!interactive) return;
    const head = `  ${"tracking".padEnd(NAME_WIDTH)}`;
    const text = `sending the run to ${server}`.slice(0, columns - head.length - 3);
    this.#live.show(`${head}${color.cyan(marks.running)} ${text}`);
  }

  #printStage(stage: StageName, mark: string, time: string, text: string): void {
    this.#stopStage();
    const shownTime = time === "" ? "" : `${time.padEnd(TIME_WIDTH)}  `;
    const indent = 2 + NAME_WIDTH + 2 + shownTime.length;
    const [first = "", ...rest] = wrapText(text, this.#terminal.columns - indent);
    this.#print(`  ${stage.padEnd(NAME_WIDTH)}${mark} ${shownTime}${first}`);
    for (const line of rest) this.#print(" ".repeat(indent) + line);
  }

  #printVerdict({ ingestion, trainer, gates }: Extract<RunEvent, { event: "run.judged" }>): void {
    const { color } = this.#terminal;
    this.#judged = true;
    this.#print("");
    this.#printResult(`${color.bold("Best:")} ${summarizeVerdict(trainer, ingestion)}`);
    const folds = compareFolds(trainer);
    if (folds !== undefined) this.#printResult(`${color.bold("Folds:")} ${folds}`);
    // A narrower terminal would break the table's lines; `show` has it, too.
    if (this.#terminal.columns >= LEADERBOARD_WIDTH) {
      for (const line of ["", ...formatLeaderboard(trainer), ""]) this.#print(line);
    }
    const failed = gates.filter(({ passed }) => !passed);
    const passed = `${gates.length - failed.length} of ${gates.length} passed.`;
    this.#gates = `${color.bold("Gates:")} ${passed}`;
    // When all passed, the same line says what was published.
    if (failed.length > 0) this.#printResult(this.#gates);
  }

  #printEnd(event: Extract<RunEvent, { event: "run.finished" }>): void {
    const { run, changed } = event;
    if (changed || this.#judged) this.#printResult(`Details: pnpm pipeline show ${run}`);
    else {
      this.#print("");
      this.#printResult(`Nothing to do: run ${run} has it all${describeLive(event)}.`);
    }
    if (this.#synthetic !== undefined) this.#warnSynthetic(this.#synthetic);
  }

  #printResult(text: string): void {
    const [first = "", ...rest] = wrapText(text, this.#terminal.columns - 2);
    this.#print(`  ${first}`);
    for (const line of rest) this.#print(`    ${line}`);
  }

  #announceSynthetic(name: string, notes: readonly string[]): void {
    const text = notes.length > 0 ? notes.join("\n") : `The rows of ${name} are drawn at random`;
    this.#synthetic = `${text}\nFor real ones: --set source.kind=csv --set source.path=FILE`;
    this.#print(`  ${this.#terminal.color.yellow("MADE-UP DATA: synthetic rows")}`);
    this.#warnSynthetic(this.#synthetic);
  }

  #warnSynthetic(text: string): void {
    const { err, errorColor, marks } = this.#terminal;
    this.#live.clear();
    err.write(`${errorColor.yellow(formatBanner("MADE-UP DATA", text, marks))}\n`);
    this.#redraw();
  }

  #warn(message: string): void {
    const { err, errorColor, marks } = this.#terminal;
    this.#live.clear();
    err.write(`${errorColor.yellow(marks.warning)} ${message}\n`);
    this.#redraw();
  }

  #print(line: string): void {
    this.#live.clear();
    this.#terminal.out.write(`${line}\n`);
  }
}

function describePublication({
  version,
  previous,
  how,
}: Extract<RunEvent, { event: "run.published" }>): string {
  if (how === "already") return `This model is live already, as version ${version}.`;
  const was = previous === null ? "" : ` (was ${previous})`;
  return how === "again"
    ? `Version ${version} is live again${was}.`
    : `Published as version ${version}${was}.`;
}

function describeLive({ live, published }: Extract<RunEvent, { event: "run.finished" }>): string {
  if (live === null) return "";
  if (published === null || published === live) return `, and version ${live} is live`;
  return `. Live is version ${live}, not its version ${published}: pnpm pipeline rollback ${published} puts that back`;
}
