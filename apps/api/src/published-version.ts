import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeBundle, isPipelineError, parseManifest } from "@gillnet/model-bundle";
import type { Bundle, Manifest } from "@gillnet/model-bundle";
import { apiError } from "./errors.ts";

const BUNDLE_FILE = "model.bundle";
const MANIFEST_FILE = "manifest.json";
const SAMPLE_FILE = "sample.csv";

/** The files of a published version that the API reads. */
export const PUBLISHED_FILES: readonly string[] = [BUNDLE_FILE, MANIFEST_FILE, SAMPLE_FILE];

/** A published version in memory. Never changes. */
export interface PublishedVersion {
  readonly name: string;
  readonly version: number;
  /** SHA-256 of model.bundle. */
  readonly hash: string;
  readonly bundle: Bundle;
  readonly manifest: Manifest;
  /** The content of sample.csv, where there is one. */
  readonly sample: Buffer | null;
  /** Present when the model was trained on made-up rows; one for every answer that describes the model. */
  readonly warning?: string;
}

/**
 * Reads `<publishedFolder>/<version>/`, and checks that its files are those that the manifest names.
 * Throws API_VERSION_UNUSABLE, whose message names files but not folders: clients get to see it.
 */
export async function loadPublishedVersion(
  publishedFolder: string,
  version: number,
): Promise<PublishedVersion> {
  const folder = join(publishedFolder, String(version));
  const refuse = (what: string, cause?: unknown): Error =>
    apiError("API_VERSION_UNUSABLE", `Version ${version} can't be served: ${what}`, { cause });
  const read = async (name: string): Promise<Buffer | null> => {
    try {
      return await readFile(join(folder, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw refuse(`${name} can't be read`, error);
    }
  };
  const decode = <Value>(name: string, work: () => Value): Value => {
    try {
      return work();
    } catch (error) {
      throw refuse(`${name}: ${isPipelineError(error) ? error.message : "is damaged"}`, error);
    }
  };

  const manifestBytes = await read(MANIFEST_FILE);
  if (manifestBytes === null) throw refuse(`${MANIFEST_FILE} is missing`);
  const manifest = decode(MANIFEST_FILE, () => parseManifest(manifestBytes.toString("utf8")));
  if (manifest.version !== version) {
    throw refuse(`${MANIFEST_FILE} is that of version ${manifest.version}`);
  }
  const bytes = await read(BUNDLE_FILE);
  if (bytes === null) throw refuse(`${BUNDLE_FILE} is missing`);
  const hash = sha256(bytes);
  if (hash !== manifest.bundle.sha256) {
    throw refuse(`the SHA-256 of ${BUNDLE_FILE} is not the manifest's`);
  }
  const sample = await read(SAMPLE_FILE);
  const sampleHash = manifest.files[SAMPLE_FILE];
  if (sample !== null && sampleHash !== undefined && sha256(sample) !== sampleHash) {
    throw refuse(`the SHA-256 of ${SAMPLE_FILE} is not the manifest's`);
  }
  const bundle = decode(BUNDLE_FILE, () => decodeBundle(bytes));
  return {
    name: manifest.name,
    version,
    hash,
    bundle,
    manifest,
    sample,
    ...(manifest.source.synthetic ? { warning: syntheticWarning(manifest) } : {}),
  };
}

function syntheticWarning(manifest: Manifest): string {
  return (
    `This model was trained on made-up rows (${manifest.source.name}). ` +
    "Its predictions and its figures mean nothing for real ones."
  );
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
