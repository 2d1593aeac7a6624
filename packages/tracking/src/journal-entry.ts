/** First line of a journal: which run it tells of. Times are milliseconds since 1970, here and below. */
export interface BeginEntry {
  readonly kind: "begin";
  readonly version: 1;
  /** Made once per journal: by it the run is found again on a server, so that it is never there twice. */
  readonly id: string;
  readonly run: string;
  /** For people; the run's name on the server. */
  readonly name: string;
  readonly experiment: string;
  readonly startedAt: number;
}

/** The last one of a key holds. */
export interface TagEntry {
  readonly kind: "tag";
  readonly key: string;
  readonly value: string;
}

/** Never changes within a run. */
export interface ParamEntry {
  readonly kind: "param";
  readonly key: string;
  readonly value: string;
}

export interface MetricEntry {
  readonly kind: "metric";
  readonly key: string;
  /** What JSON has no number for is spelt as MLflow wants it. */
  readonly value: number | "NaN" | "Infinity" | "-Infinity";
  readonly step: number;
  readonly timestamp: number;
}

/** The data that the run learnt from. */
export interface DatasetEntry {
  readonly kind: "dataset";
  readonly name: string;
  /** Up to 36 characters that change with the content. */
  readonly digest: string;
  /** MLflow's name of a kind of source, and what that kind keeps of it, as JSON. */
  readonly sourceType: string;
  readonly source: string;
  readonly rows: number;
}

export interface ArtifactEntry {
  readonly kind: "artifact";
  /** From the journal's folder, with forward slashes. */
  readonly file: string;
  /** Below the run's artifacts on the server, with forward slashes. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** The artifacts below `path` are a model. */
export interface ModelEntry {
  readonly kind: "model";
  readonly path: string;
  /** 32 hexadecimal digits that change with the model. */
  readonly uuid: string;
  /** How MLflow's flavours load it; empty when none does. */
  readonly flavors: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
  /** The registered model that it becomes a version of, and the alias to point at that version. */
  readonly register: { readonly name: string; readonly alias: string | null } | null;
}

/** How the run ended; the last one holds. */
export interface EndEntry {
  readonly kind: "end";
  readonly status: "FINISHED" | "FAILED" | "KILLED";
  readonly endedAt: number;
}

/** One line of `tracking.jsonl`: one thing that a run wants to say to a tracking server. */
export type JournalEntry =
  | BeginEntry
  | TagEntry
  | ParamEntry
  | MetricEntry
  | DatasetEntry
  | ArtifactEntry
  | ModelEntry
  | EndEntry;

type Shape = Readonly<Record<string, readonly string[]>>;

const TEXT = ["string"] as const;
const NUMBER = ["number"] as const;
const SHAPES: Readonly<Record<JournalEntry["kind"], Shape>> = {
  begin: { version: NUMBER, id: TEXT, run: TEXT, name: TEXT, experiment: TEXT, startedAt: NUMBER },
  tag: { key: TEXT, value: TEXT },
  param: { key: TEXT, value: TEXT },
  metric: { key: TEXT, value: ["number", "string"], step: NUMBER, timestamp: NUMBER },
  dataset: { name: TEXT, digest: TEXT, sourceType: TEXT, source: TEXT, rows: NUMBER },
  artifact: { file: TEXT, path: TEXT, sha256: TEXT, bytes: NUMBER },
  model: { path: TEXT, uuid: TEXT, flavors: ["object"], createdAt: NUMBER, register: ["object"] },
  end: { status: TEXT, endedAt: NUMBER },
};

/** The entry that a line of a journal holds; undefined when it is none that this version knows. */
export function parseEntry(line: string): JournalEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const fields = value as Readonly<Record<string, unknown>>;
  const kind = fields["kind"];
  if (typeof kind !== "string" || !Object.hasOwn(SHAPES, kind)) return undefined;
  if (kind === "begin" && fields["version"] !== 1) return undefined;
  const shape = SHAPES[kind as JournalEntry["kind"]];
  return Object.entries(shape).every(([name, types]) => types.includes(typeof fields[name]))
    ? (value as JournalEntry)
    : undefined;
}

/** Entries with the same subject say something about the same thing: the later one replaces the earlier. */
export function subjectOf(entry: JournalEntry): string {
  switch (entry.kind) {
    case "tag":
    case "param":
      return JSON.stringify([entry.kind, entry.key]);
    case "metric":
      return JSON.stringify([entry.kind, entry.key, entry.step, entry.timestamp]);
    case "dataset":
      return JSON.stringify([entry.kind, entry.name]);
    case "artifact":
    case "model":
      return JSON.stringify([entry.kind, entry.path]);
    case "begin":
    case "end":
      break;
  }
  return entry.kind;
}
