import { access } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ArtifactStore } from "@gillnet/entity/node";
import { loadConfig } from "./config/load-config.ts";
import type { LoadedConfig } from "./config/load-config.ts";
import { PublishedVersions } from "./publish/published-versions.ts";
import { createRedactor } from "./run/redactor.ts";
import type { Redactor } from "./run/redactor.ts";
import type { RunLog } from "./run/run-log.ts";
import type { Terminal } from "./terminal/terminal.ts";

/** What the process gives the commands. */
export interface App {
  /** As typed, without node and the program. */
  readonly commandLine: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly workingFolder: string;
  readonly terminal: Terminal;
  readonly now: () => Date;
  readonly fetch: typeof globalThis.fetch;
  /** Aborted on Ctrl-C and SIGTERM, with a PipelineError as the reason. */
  readonly signal: AbortSignal;
  /** Things to do at once before the process ends, whatever ends it. */
  readonly atExit: Set<() => void>;
  /** Takes secrets out of what is told; knows them once a configuration was read. */
  redact: Redactor;
  /** Logs that were opened: where the stack of an unexpected error goes. */
  readonly logs: Set<RunLog>;
}

/** Flags that every command takes. */
export interface CommonFlags {
  readonly config?: string;
  readonly set: readonly string[];
  readonly json: boolean;
}

/** Where a project's files are. */
export interface Workspace {
  /** The configuration file, absolute; it need not exist. */
  readonly file: string;
  /** `artifacts/` beside it. */
  readonly artifactsFolder: string;
  readonly cacheFolder: string;
  readonly lockFile: string;
  readonly runLockFile: string;
  readonly store: ArtifactStore;
  readonly published: PublishedVersions;
}

/** A workspace with its configuration. */
export interface ConfiguredWorkspace extends Workspace, LoadedConfig {
  readonly file: string;
  readonly redact: Redactor;
}

const CONFIG_FILE = "pipeline.yaml";

/** The folder of this package, in `src` as in `dist`. */
export const APP_FOLDER: string = fileURLToPath(new URL("..", import.meta.url));

/** Finds the project: by --config, or by the nearest pipeline.yaml upward from the working folder. */
export async function findWorkspace(flags: CommonFlags, app: App): Promise<Workspace> {
  const file =
    flags.config === undefined
      ? ((await findUpward(app.workingFolder)) ?? join(app.workingFolder, CONFIG_FILE))
      : resolve(app.workingFolder, flags.config);
  const artifactsFolder = join(dirname(file), "artifacts");
  return {
    file,
    artifactsFolder,
    cacheFolder: join(artifactsFolder, "cache"),
    lockFile: join(artifactsFolder, "pipeline.lock.yaml"),
    runLockFile: join(artifactsFolder, "run.lock"),
    store: new ArtifactStore(artifactsFolder),
    published: new PublishedVersions(join(artifactsFolder, "published")),
  };
}

/** Finds the project and reads its configuration; from then on `app` keeps its secrets. Errors: CONFIG_... */
export async function openWorkspace(flags: CommonFlags, app: App): Promise<ConfiguredWorkspace> {
  const workspace = await findWorkspace(flags, app);
  const loaded = await loadConfig({
    path: workspace.file,
    overrides: flags.set,
    environment: app.environment,
  });
  app.redact = createRedactor(loaded.secrets);
  return { ...workspace, ...loaded, redact: app.redact };
}

async function findUpward(from: string): Promise<string | undefined> {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, CONFIG_FILE);
    const found = await access(file).then(
      () => true,
      () => false,
    );
    if (found) return file;
    if (dirname(folder) === folder) return undefined;
  }
}
