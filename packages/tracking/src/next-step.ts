import type { JournalEntry, MetricEntry, ParamEntry, TagEntry } from "./journal-entry.ts";
import { subjectOf } from "./journal-entry.ts";
import type { MlflowApi } from "./mlflow-api.ts";
import { fitName, fitText, limits } from "./mlflow-limits.ts";

type BatchEntry = TagEntry | ParamEntry | MetricEntry;
type Batch = Omit<MlflowApi["POST runs/log-batch"]["request"], "run_id">;

/** What goes to the server with one request: neighbouring values, or one other entry. */
export type Step =
  | {
      readonly kind: "batch";
      /** How many entries of the journal it takes. */
      readonly length: number;
      readonly batch: Batch;
      /** What had to change, as sentences. */
      readonly notes: readonly string[];
    }
  | {
      readonly kind: "entry";
      readonly length: 1;
      readonly entry: Exclude<JournalEntry, BatchEntry>;
    }
  | { readonly kind: "superseded"; readonly length: 1 };

/** The step that begins with entry `start`. */
export function nextStep(entries: readonly JournalEntry[], start: number): Step {
  const first = entries[start] as JournalEntry;
  if (isBatchEntry(first)) return nextBatch(entries, start, first.kind);
  // A file that was recorded again is no longer what the earlier entry says.
  const subject = subjectOf(first);
  const again = entries.some((entry, i) => i > start && subjectOf(entry) === subject);
  return again ? { kind: "superseded", length: 1 } : { kind: "entry", length: 1, entry: first };
}

interface BatchValue {
  key: string;
  value: number | string;
  step?: number;
  timestamp?: number;
}

/** As many entries of one kind as a request may hold. */
function nextBatch(
  entries: readonly JournalEntry[],
  start: number,
  kind: BatchEntry["kind"],
): Step {
  const values: BatchValue[] = [];
  const notes: string[] = [];
  const keys = new Set<string>();
  let bytes = 0;
  for (let i = start; i < entries.length && values.length < limits.batch[kind]; i++) {
    const entry = entries[i] as JournalEntry;
    if (entry.kind !== kind) break;
    const { value, note } = fitEntry(entry);
    bytes += Buffer.byteLength(JSON.stringify(value)) + 1;
    const repeated = kind !== "metric" && keys.has(value.key);
    if (values.length > 0 && (bytes > limits.batchBytes || repeated)) break;
    keys.add(value.key);
    values.push(value);
    if (note !== undefined) notes.push(note);
  }
  return { kind: "batch", length: values.length, batch: { [`${kind}s`]: values }, notes };
}

function fitEntry(entry: BatchEntry): { value: BatchValue; note: string | undefined } {
  const key = fitName(entry.key);
  const renamed = key === entry.key ? undefined : `'${entry.key}' is called '${key}' there`;
  if (entry.kind === "metric") {
    const { value, step, timestamp } = entry;
    return { value: { key, value, step, timestamp }, note: renamed };
  }
  const maximum = entry.kind === "param" ? limits.paramLength : limits.tagLength;
  const value = fitText(entry.value, maximum);
  const cut =
    value.length < entry.value.length
      ? `The value of '${entry.key}' is cut to ${maximum} of its ${entry.value.length} characters`
      : undefined;
  return { value: { key, value }, note: renamed ?? cut };
}

function isBatchEntry(entry: JournalEntry): entry is BatchEntry {
  return entry.kind === "tag" || entry.kind === "param" || entry.kind === "metric";
}
