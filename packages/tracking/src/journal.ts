import { PipelineError } from "@gillnet/entity";
import { canonicalJson } from "@gillnet/entity/node";
import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileError } from "./file-error.ts";
import { parseEntry, subjectOf } from "./journal-entry.ts";
import type { BeginEntry, JournalEntry } from "./journal-entry.ts";

/** The journal's name in the folder of its run. */
const JOURNAL_FILE = "tracking.jsonl";
const NEWLINE = 0x0a;

/**
 * What one run wants to say to a tracking server, in the run's own folder: JSON lines that are only ever
 * added to. An entry counts once its whole line is on the disk; a line that a killed process left
 * unfinished was never said, and is cut off before the next one is written. One process writes at a time.
 */
export class TrackingJournal {
  /** Absolute; the paths of artifact entries start here. */
  readonly folder: string;
  #entries: readonly JournalEntry[];

  constructor(folder: string, entries: readonly JournalEntry[]) {
    this.folder = folder;
    this.#entries = entries;
  }

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** The first entry; undefined while the journal is empty. */
  get begin(): BeginEntry | undefined {
    const first = this.#entries[0];
    return first?.kind === "begin" ? first : undefined;
  }

  /**
   * Writes the entries that say something new; what already holds is not said again, so recording a run
   * twice is the same as once. The first `begin` of a run stays. Errors: TRACKING_JOURNAL_MISMATCH (another
   * run, a changed parameter), TRACKING_JOURNAL_UNWRITABLE.
   */
  async append(entries: readonly JournalEntry[]): Promise<void> {
    const added = this.#selectNew(entries);
    if (added.length === 0) return;
    const path = join(this.folder, JOURNAL_FILE);
    try {
      await mkdir(this.folder, { recursive: true });
      const file = await open(path, "a+");
      try {
        const content = await file.readFile();
        const whole = content.lastIndexOf(NEWLINE) + 1;
        if (whole < content.length) await file.truncate(whole);
        await file.appendFile(added.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (cause) {
      throw fileError(path, cause);
    }
    this.#entries = [...this.#entries, ...added];
  }

  #selectNew(entries: readonly JournalEntry[]): JournalEntry[] {
    const latest = new Map(this.#entries.map((entry) => [subjectOf(entry), entry]));
    const added: JournalEntry[] = [];
    for (const entry of entries) {
      const subject = subjectOf(entry);
      const earlier = latest.get(subject);
      if (latest.size === 0 && entry.kind !== "begin") {
        throw mismatch(`A journal begins with its run, got a ${entry.kind} first`);
      }
      if (entry.kind === "begin" && earlier?.kind === "begin") {
        if (entry.run === earlier.run) continue;
        throw mismatch(`The journal is of run ${earlier.run}, not of ${entry.run}`);
      }
      if (earlier !== undefined && canonicalJson(earlier) === canonicalJson(entry)) continue;
      if (entry.kind === "param" && earlier?.kind === "param") {
        throw mismatch(
          `Parameter '${entry.key}' of the run was recorded as '${earlier.value}', not '${entry.value}'`,
        );
      }
      latest.set(subject, entry);
      added.push(entry);
    }
    return added;
  }
}

/**
 * Opens the journal of the run whose folder is `folder` (absolute); it is empty when nothing was recorded
 * yet. Errors: TRACKING_JOURNAL_DAMAGED, TRACKING_JOURNAL_UNWRITABLE.
 */
export async function openJournal(folder: string): Promise<TrackingJournal> {
  const path = join(folder, JOURNAL_FILE);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    if ((cause as { code?: string }).code === "ENOENT") return new TrackingJournal(folder, []);
    throw fileError(path, cause);
  }
  // What follows the end of the last line is a line that was cut off, or nothing.
  const lines = text.split("\n").slice(0, -1);
  const entries = lines.map((line, index) => {
    const entry = parseEntry(line);
    if (entry !== undefined && (entry.kind === "begin") === (index === 0)) return entry;
    throw new PipelineError(
      "TRACKING_JOURNAL_DAMAGED",
      `Line ${index + 1} of ${path} is no entry of a tracking journal`,
      {
        hint: "Restore the file, or delete it and record the run again",
        details: { file: path, line: index + 1 },
      },
    );
  });
  return new TrackingJournal(folder, entries);
}

function mismatch(message: string): PipelineError {
  return new PipelineError("TRACKING_JOURNAL_MISMATCH", message, {
    hint: "Record each run in its own folder, and never change a parameter of a recorded run",
  });
}
