import { mkdirSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { canonicalJson, sha256, sha256File } from "./content-hash.ts";
import { PipelineError } from "./pipeline-error.ts";
import type { OutputFolder, StageName } from "./stage.ts";

/** What the store remembers of one file of an artifact. */
export interface StoredFile {
  readonly sha256: string;
  readonly bytes: number;
  /** Time of the last change in milliseconds, when it was hashed: while it stands, so does the hash. */
  readonly modified: number;
}

/** The content of a stage's `artifact.json`. */
export interface StoredArtifact<Artifact> {
  readonly version: 1;
  readonly stage: StageName;
  /** SHA-256 over the artifact and the hashes of its files, by path: equal content, equal hash. */
  readonly contentHash: string;
  readonly artifact: Artifact;
  /** By path relative to the stage's folder, with forward slashes. */
  readonly files: Readonly<Record<string, StoredFile>>;
}

/** The name of the record inside a stage's folder. */
export const ARTIFACT_FILE = "artifact.json";

/**
 * A stage's folder while the stage writes it. It stands under the store's `.tmp` and takes its place
 * in the run by one rename, in `commit`.
 */
export class StageOutput implements OutputFolder {
  readonly folder: string;
  readonly #stage: StageName;
  readonly #target: string;

  constructor(folder: string, stage: StageName, target: string) {
    this.folder = folder;
    this.#stage = stage;
    this.#target = target;
  }

  path(relativePath: string): string {
    const path = resolve(this.folder, relativePath);
    if (!path.startsWith(this.folder + sep)) {
      throw new PipelineError(
        "ARTIFACT_PATH_OUTSIDE",
        `A file of ${this.#stage} must lie in its folder, got '${relativePath}'`,
        { details: { stage: this.#stage, path: relativePath } },
      );
    }
    mkdirSync(dirname(path), { recursive: true });
    return path;
  }

  /** Hashes every file, writes `artifact.json` and moves the folder into the run. */
  async commit<Artifact>(artifact: Artifact): Promise<StoredArtifact<Artifact>> {
    const files = await describeFiles(this.folder);
    const hashes = Object.fromEntries(
      Object.entries(files).map(([path, file]) => [path, file.sha256]),
    );
    const stored: StoredArtifact<Artifact> = {
      version: 1,
      stage: this.#stage,
      contentHash: sha256(canonicalJson({ artifact, files: hashes })),
      artifact,
      files,
    };
    await writeFile(join(this.folder, ARTIFACT_FILE), `${JSON.stringify(stored, null, 2)}\n`);
    await mkdir(dirname(this.#target), { recursive: true });
    await rename(this.folder, this.#target);
    return stored;
  }

  /** Throws away what the stage wrote. */
  async discard(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Hash, size and time of every file below `folder`, by relative path, in the order of the paths. */
async function describeFiles(folder: string): Promise<Record<string, StoredFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const files: Record<string, StoredFile> = {};
  for (const path of paths) {
    const { size, mtimeMs } = await stat(path);
    files[relative(folder, path).split(sep).join("/")] = {
      sha256: await sha256File(path),
      bytes: size,
      modified: Math.floor(mtimeMs),
    };
  }
  return files;
}
