import { mkdir, readFile, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { PipelineError } from "@gillnet/entity";
import { sha256File, writeFileAtomic } from "@gillnet/entity/node";
import { parseManifest } from "@gillnet/model-bundle";
import type { Manifest } from "@gillnet/model-bundle";

/** Its name in the folder of its version. */
export const MANIFEST_FILE = "manifest.json";
const POINTER_FILE = "live.json";

/**
 * The published bundles: `<folder>/<version>/` each with its manifest, and `<folder>/live.json`, which
 * says which of them is served. Versions count up from 1 and are never changed or given out again.
 */
export class PublishedVersions {
  /** Absolute. */
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  versionFolder(version: number): string {
    return join(this.folder, String(version));
  }

  /** Every version, ascending. */
  async list(): Promise<number[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names
      .filter((name) => /^[1-9]\d*$/.test(name))
      .map(Number)
      .sort((a, b) => a - b);
  }

  /** The version that is served; null before the first. Error: RUN_POINTER_DAMAGED. */
  async live(): Promise<number | null> {
    const path = join(this.folder, POINTER_FILE);
    let text: string;
    try {
      text = await readFile(path, "utf8");
    } catch (error) {
      if ((error as { code?: string }).code === "ENOENT") return null;
      throw error;
    }
    const version = parsePointer(text);
    if (version !== undefined) return version;
    throw new PipelineError("RUN_POINTER_DAMAGED", `${path} does not say which version is live`, {
      hint: "Choose one with pnpm pipeline rollback VERSION",
      details: { file: path },
    });
  }

  /** The manifest of a version. Errors: RUN_VERSION_UNKNOWN; BUNDLE_MANIFEST_BAD. */
  async manifest(version: number): Promise<Manifest> {
    let text: string;
    try {
      text = await readFile(join(this.versionFolder(version), MANIFEST_FILE), "utf8");
    } catch (cause) {
      const versions = await this.list();
      throw new PipelineError("RUN_VERSION_UNKNOWN", `There is no published version ${version}`, {
        hint:
          versions.length === 0
            ? "Nothing is published yet; pnpm pipeline run does it"
            : `Published are ${versions.join(", ")}`,
        details: { version, versions },
        cause,
      });
    }
    return parseManifest(text);
  }

  /** The manifests of all versions that have a good one, ascending. */
  async manifests(): Promise<Manifest[]> {
    const found = await Promise.all(
      (await this.list()).map((version) => this.manifest(version).catch(() => undefined)),
    );
    return found.filter((manifest) => manifest !== undefined);
  }

  /**
   * Gives a prepared folder the next version number: writes its manifest and moves it into place by one
   * rename. What is live stays so.
   */
  async add(prepared: string, manifestFor: (version: number) => Manifest): Promise<number> {
    await mkdir(this.folder, { recursive: true });
    for (let version = ((await this.list()).at(-1) ?? 0) + 1; ; version++) {
      const text = `${JSON.stringify(manifestFor(version), null, 2)}\n`;
      await writeFileAtomic(join(prepared, MANIFEST_FILE), text);
      try {
        await rename(prepared, this.versionFolder(version));
        return version;
      } catch (error) {
        // Another process took the number.
        const { code } = error as { code?: string };
        if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
      }
    }
  }

  /**
   * Makes a version the one that is served, if its bundle is what its manifest says.
   * Errors: RUN_VERSION_UNKNOWN; RUN_VERSION_DAMAGED; BUNDLE_MANIFEST_BAD.
   */
  async setLive(version: number): Promise<void> {
    const { bundle } = await this.manifest(version);
    const path = join(this.versionFolder(version), bundle.file);
    const hash = await sha256File(path).catch(() => undefined);
    if (hash !== bundle.sha256) {
      throw new PipelineError(
        "RUN_VERSION_DAMAGED",
        `The bundle of version ${version} is not the one that was published`,
        {
          hint: "Choose another one of pnpm pipeline versions, or publish its run again",
          details: { version, file: path },
        },
      );
    }
    await writeFileAtomic(join(this.folder, POINTER_FILE), `${JSON.stringify({ version })}\n`);
  }
}

function parsePointer(text: string): number | undefined {
  try {
    const pointer = JSON.parse(text) as { version?: unknown } | null;
    const version = pointer?.version;
    return Number.isSafeInteger(version) && (version as number) > 0
      ? (version as number)
      : undefined;
  } catch {
    return undefined;
  }
}
