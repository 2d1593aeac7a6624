import { randomUUID } from "node:crypto";
import {
  copyFile,
  link,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  utimes,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256File } from "./content-hash.ts";
import { PipelineError } from "./pipeline-error.ts";
import { currentProcess, isProcessAlive } from "./process-identity.ts";
import type { ArtifactHandle, StageName } from "./stage.ts";
import { ARTIFACT_FILE, StageOutput } from "./stage-output.ts";
import type { StoredArtifact } from "./stage-output.ts";

/**
 * The folder of all runs: `<root>/runs/<run>/<stage>/`, each stage with its `artifact.json`.
 *
 * What is there is whole: a stage's folder appears by one rename. What is not finished lies under
 * `<root>/.tmp`, named after the process that writes it, and `sweep` removes what dead processes left.
 */
export class ArtifactStore {
  /** Absolute. */
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  runFolder(run: string): string {
    return join(this.root, "runs", run);
  }

  stageFolder(run: string, stage: StageName): string {
    return join(this.root, "runs", run, stage);
  }

  /** Makes the folder of a new run and gives its name: the time in UTC, `2026-11-22-142210`, with `-2` and on when taken. */
  async createRun(now: Date): Promise<string> {
    const second = now.toISOString().slice(0, 19).replace("T", "-").replaceAll(":", "");
    await mkdir(join(this.root, "runs"), { recursive: true });
    for (let attempt = 1; ; attempt++) {
      const run = attempt === 1 ? second : `${second}-${attempt}`;
      try {
        await mkdir(this.runFolder(run));
        return run;
      } catch (error) {
        if ((error as { code?: string }).code !== "EEXIST") throw error;
      }
    }
  }

  /** Every run, newest first. */
  async listRuns(): Promise<string[]> {
    const entries = await readFolder(join(this.root, "runs"));
    return entries
      .map((entry) => /^(\d{4}-\d\d-\d\d-\d{6})(?:-(\d+))?$/.exec(entry))
      .filter((match) => match !== null)
      .sort(
        (a, b) =>
          compareText(b[1] as string, a[1] as string) || Number(b[2] ?? 1) - Number(a[2] ?? 1),
      )
      .map((match) => match[0]);
  }

  /** A folder for a stage to write into. It is no part of the run until `commit`. */
  async beginStage(run: string, stage: StageName): Promise<StageOutput> {
    return new StageOutput(
      await this.makeTemporaryFolder(),
      stage,
      join(this.runFolder(run), stage),
    );
  }

  /** An empty folder under `.tmp` that belongs to this process. Its user renames or removes it. */
  async makeTemporaryFolder(): Promise<string> {
    const { host, pid, startTicks } = currentProcess();
    const owner = `${encodeURIComponent(host)}~${pid}~${startTicks ?? ""}`;
    const folder = join(this.root, ".tmp", `${owner}~${randomUUID()}`);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  /**
   * Gives `toRun` the finished stage of `fromRun`, by hard links (copies where the file system has
   * none): files of the store are never changed in place, so runs may share them.
   */
  async adoptStage(fromRun: string, toRun: string, stage: StageName): Promise<void> {
    const source = this.stageFolder(fromRun, stage);
    const stored = await this.readArtifact(fromRun, stage);
    const folder = await this.makeTemporaryFolder();
    try {
      for (const path of [...Object.keys(stored.files), ARTIFACT_FILE]) {
        const target = join(folder, path);
        await mkdir(dirname(target), { recursive: true });
        await linkOrCopy(join(source, path), target);
      }
      await rename(folder, this.stageFolder(toRun, stage));
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** The record of a finished stage. Errors: ARTIFACT_NOT_FOUND, ARTIFACT_DAMAGED. */
  async readArtifact<Artifact>(run: string, stage: StageName): Promise<StoredArtifact<Artifact>> {
    const path = join(this.stageFolder(run, stage), ARTIFACT_FILE);
    let text: string;
    try {
      text = await readFile(path, "utf8");
    } catch (cause) {
      throw new PipelineError("ARTIFACT_NOT_FOUND", `Run ${run} has no artifact of ${stage}`, {
        hint: "See what there is with pnpm pipeline runs",
        details: { run, stage },
        cause,
      });
    }
    const stored = parseStored<Artifact>(text);
    if (stored?.stage !== stage) {
      throw new PipelineError("ARTIFACT_DAMAGED", `${path} is not a record of ${stage}`, {
        hint: `Run the stage again: pnpm pipeline run ${stage}`,
        details: { run, stage, file: path },
      });
    }
    return stored;
  }

  /** A finished stage's artifact with the folder that its paths start from. Errors as readArtifact. */
  async handle<Artifact>(run: string, stage: StageName): Promise<ArtifactHandle<Artifact>> {
    const { artifact } = await this.readArtifact<Artifact>(run, stage);
    return { artifact, folder: this.stageFolder(run, stage) };
  }

  /**
   * What is wrong with a finished stage's files, one sentence each; empty when they are as written.
   * A file whose size and time stand as recorded is taken at its word, any other is hashed.
   */
  async findDamage<Artifact>(run: string, stored: StoredArtifact<Artifact>): Promise<string[]> {
    const damage: string[] = [];
    for (const [path, file] of Object.entries(stored.files)) {
      const absolute = join(this.stageFolder(run, stored.stage), path);
      try {
        const { size, mtimeMs } = await stat(absolute);
        if (size !== file.bytes) {
          damage.push(`${path} has ${size} bytes, recorded were ${file.bytes}`);
        } else if (
          Math.floor(mtimeMs) !== file.modified &&
          (await sha256File(absolute)) !== file.sha256
        ) {
          damage.push(`${path} is not the content that was written`);
        }
      } catch {
        damage.push(`${path} cannot be read`);
      }
    }
    return damage;
  }

  /** Removes temporary folders of processes that ended. Gives how many. */
  async sweep(): Promise<number> {
    const folder = join(this.root, ".tmp");
    let removed = 0;
    for (const name of await readFolder(folder)) {
      const match = /^([^~]*)~(\d+)~(\d*)~/.exec(name);
      if (match === null) continue;
      const [, host = "", pid = "", ticks = ""] = match;
      const owner = {
        host: decodeURIComponent(host),
        pid: Number(pid),
        startTicks: ticks === "" ? null : Number(ticks),
      };
      if (isProcessAlive(owner)) continue;
      await rm(join(folder, name), { recursive: true, force: true });
      removed++;
    }
    return removed;
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function parseStored<Artifact>(text: string): StoredArtifact<Artifact> | undefined {
  try {
    const stored = JSON.parse(text) as Partial<StoredArtifact<Artifact>> | null;
    return stored?.version === 1 &&
      typeof stored.contentHash === "string" &&
      typeof stored.artifact === "object" &&
      typeof stored.files === "object"
      ? (stored as StoredArtifact<Artifact>)
      : undefined;
  } catch {
    return undefined;
  }
}

async function readFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return [];
    throw error;
  }
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch {
    const { atime, mtime } = await stat(from);
    await copyFile(from, to);
    await utimes(to, atime, mtime);
  }
}
