import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TrackedFile, TrackedRun } from "../src/index.ts";

/** Runs `work` with a folder of its own. */
export async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "gillnet-tracking-"));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes the files below the folder, by path. */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<TrackedFile[]> {
  const written: TrackedFile[] = [];
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    written.push({ file, path });
  }
  return written;
}

const CSV_SOURCE = { kind: "csv", name: "rows.csv", synthetic: false } as const;

/** A finished run with a little of everything. */
export function sampleRun(changes: Partial<TrackedRun> = {}): TrackedRun {
  return {
    run: "2026-11-22-142210",
    name: "phishing 2026-11-22-142210",
    experiment: "phishing",
    started: new Date("2026-11-22T14:22:10Z"),
    finished: new Date("2026-11-22T14:22:40Z"),
    outcome: "succeeded",
    params: { "trainer.folds": 10, "trainer.families": ["random_forest"], note: "" },
    metrics: { "test.f1": 0.95, "test.log_loss": 0.097, "slice.empty": NaN },
    dataset: { name: "rows", digest: "f".repeat(64), rows: 100, source: CSV_SOURCE },
    artifacts: [],
    model: null,
    tags: {
      gillnet: "0.1.0",
      seed: 42,
      source: CSV_SOURCE,
      gitCommit: "a".repeat(40),
      bundleHash: "b".repeat(64),
    },
    ...changes,
  };
}
