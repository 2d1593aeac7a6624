import { randomUUID } from "node:crypto";
import { mkdir, rm, stat, statfs, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isPipelineError, PipelineError } from "@gillnet/entity";
import { sha256File } from "@gillnet/entity/node";
import type { TrackingServer } from "@gillnet/tracking";
import { peekRunSource } from "../run/resolve-source.ts";
import { readLockHolder } from "../run/run-lock.ts";
import { formatBytes } from "../terminal/format.ts";
import { createJsonLines } from "../terminal/json-lines.ts";
import { findTrackingServer } from "../track/tracking-server.ts";
import { findWorkspace, openWorkspace } from "../workspace.ts";
import type { App, CommonFlags, ConfiguredWorkspace, Workspace } from "../workspace.ts";

/** What one check found; `remedy` says what to do about it. */
interface Diagnosis {
  readonly check: string;
  readonly state: "good" | "warning" | "problem";
  readonly message: string;
  readonly remedy?: string;
}

const OLDEST_NODE = [20, 19] as const;
const LEAST_FREE_BYTES = 1e9;
const REACH_MILLISECONDS = 5000;

/** `pipeline doctor`: checks what a run needs, and says what to do. Error: RUN_UNWELL when a run would fail. */
export async function doctorCommand(flags: CommonFlags, app: App): Promise<void> {
  const workspace = await findWorkspace(flags, app);
  const diagnoses = [checkNode(process.versions.node)];
  const configured = await openWorkspace(flags, app).catch((error: unknown) => error);
  if (isWorkspace(configured)) {
    diagnoses.push(good("configuration", `${configured.file} is valid`));
    diagnoses.push(await guarded("source", () => checkSource(configured, app)));
    const server = findTrackingServer(configured);
    if (server !== null) diagnoses.push(await checkTracking(server, configured, app));
  } else diagnoses.push(describeError("configuration", configured));
  diagnoses.push(
    await guarded("artifacts", () => checkFolder(workspace.artifactsFolder)),
    await guarded("disk", () => checkDisk(workspace.artifactsFolder)),
    await guarded("lock", () => checkLock(workspace)),
    await guarded("published", () => checkPublished(workspace)),
  );
  write(diagnoses, flags, app);
  const problems = diagnoses.filter(({ state }) => state === "problem").length;
  if (problems > 0) {
    throw new PipelineError(
      "RUN_UNWELL",
      `${problems} of ${diagnoses.length} checks found a problem`,
      {
        hint: "Do what stands beside them",
        details: { problems },
      },
    );
  }
}

function write(diagnoses: readonly Diagnosis[], flags: CommonFlags, app: App): void {
  const { out, color, marks } = app.terminal;
  if (flags.json) {
    const writeLine = createJsonLines(out, app.now);
    for (const diagnosis of diagnoses) writeLine({ event: "diagnosis", ...diagnosis });
    return;
  }
  const shown = {
    good: color.green(marks.done),
    warning: color.yellow(marks.warning),
    problem: color.red(marks.failed),
  };
  for (const { check, state, message, remedy } of diagnoses) {
    out.write(
      `  ${check.padEnd(15)}${shown[state]} ${message.replaceAll("\n", `\n${" ".repeat(19)}`)}\n`,
    );
    if (remedy !== undefined) out.write(`${" ".repeat(19)}${remedy}\n`);
  }
}

/** @param version like 20.19.0. */
function checkNode(version: string): Diagnosis {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) {
    return good("node", `Node ${version}`);
  }
  return {
    check: "node",
    state: "problem",
    message: `Node ${version} is older than ${OLDEST_NODE.join(".")}`,
    remedy: "Install Node 20.19, 22 or 24",
  };
}

async function checkSource(workspace: ConfiguredWorkspace, app: App): Promise<Diagnosis> {
  const { source, missing } = await peekRunSource(workspace, app);
  if (source !== undefined) {
    const { kind, name, synthetic } = source.description;
    if (!synthetic) return good("source", `${name} (${kind})`);
    return {
      check: "source",
      state: "warning",
      message: `${name}: made-up rows`,
      remedy: "Name your own: --set source.kind=csv --set source.path=FILE",
    };
  }
  const fallback = workspace.config.source.kind === "auto";
  const reachable = missing && (await isReachable(app));
  if (reachable) return good("source", "The UCI table is not cached; a run downloads it");
  return {
    check: "source",
    state: fallback ? "warning" : "problem",
    message: `The UCI table is not cached, and ${UCI_HOST} does not answer${fallback ? ": a run would take made-up rows" : ""}`,
    remedy:
      "Go online and run pnpm pipeline data fetch, or name a file: --set source.kind=csv --set source.path=FILE",
  };
}

const UCI_HOST = "archive.ics.uci.edu";

async function isReachable({ fetch, signal }: App): Promise<boolean> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(REACH_MILLISECONDS)]);
  return fetch(`https://${UCI_HOST}/`, { method: "HEAD", signal: either }).then(
    () => true,
    () => false,
  );
}

/** A server that is away is no problem: runs do without, and are sent later. */
async function checkTracking(
  server: TrackingServer,
  { config }: ConfiguredWorkspace,
  { signal }: App,
): Promise<Diagnosis> {
  const experiment = config.tracking.experiment ?? config.name;
  try {
    const { checkServer } = await import("@gillnet/tracking");
    const {
      server: address,
      version,
      hasExperiment,
    } = await checkServer(server, { experiment, signal });
    const what = version === null ? "An MLflow server" : `MLflow ${version}`;
    const has = hasExperiment ? `has the experiment '${experiment}'` : "takes runs";
    return good("tracking", `${what} at ${address} ${has}`);
  } catch (error) {
    return { ...describeError("tracking", error), state: "warning" };
  }
}

async function checkFolder(folder: string): Promise<Diagnosis> {
  const probe = join(folder, `.doctor-${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(probe, "");
    return good("artifacts", `${folder} can be written`);
  } catch (error) {
    return {
      check: "artifacts",
      state: "problem",
      message: `${folder} cannot be written (${String((error as { code?: unknown }).code)})`,
      remedy: "Give this user the right to write there",
    };
  } finally {
    await rm(probe, { force: true });
  }
}

async function checkDisk(folder: string): Promise<Diagnosis> {
  const { bavail, bsize } = await statfs(await nearestFolder(folder));
  const free = bavail * bsize;
  if (free >= LEAST_FREE_BYTES) return good("disk", `${formatBytes(free)} free`);
  return {
    check: "disk",
    state: "warning",
    message: `Only ${formatBytes(free)} free`,
    remedy: "Make room; old runs can be deleted: artifacts/runs/",
  };
}

async function nearestFolder(folder: string): Promise<string> {
  const there = await stat(folder).catch(() => undefined);
  return there === undefined ? nearestFolder(dirname(folder)) : folder;
}

async function checkLock({ runLockFile }: Workspace): Promise<Diagnosis> {
  const holder = await readLockHolder(runLockFile);
  if (holder === undefined) return good("lock", "No run is under way");
  const { pid, host, started, command } = holder;
  return {
    check: "lock",
    state: "warning",
    message: `Process ${pid} on ${host} runs '${command}' since ${started}`,
    remedy: "Wait until it ends before you start another run",
  };
}

async function checkPublished({ published }: Workspace): Promise<Diagnosis> {
  const version = await published.live();
  if (version === null) {
    return {
      check: "published",
      state: "warning",
      message: "Nothing is published yet",
      remedy: "pnpm pipeline run publishes",
    };
  }
  const { bundle, model } = await published.manifest(version);
  const hash = await sha256File(join(published.versionFolder(version), bundle.file));
  if (hash === bundle.sha256)
    return good("published", `Version ${version} is live (${model.family}), its bundle is whole`);
  return {
    check: "published",
    state: "problem",
    message: `The bundle of version ${version}, which is live, is not the one that was published`,
    remedy: "Go back with pnpm pipeline rollback, or publish its run again",
  };
}

function good(check: string, message: string): Diagnosis {
  return { check, state: "good", message };
}

async function guarded(check: string, look: () => Promise<Diagnosis>): Promise<Diagnosis> {
  return look().catch((error: unknown) => describeError(check, error));
}

function describeError(check: string, error: unknown): Diagnosis {
  const message = error instanceof Error ? error.message : String(error);
  const remedy = isPipelineError(error) ? error.hint : undefined;
  return { check, state: "problem", message, ...(remedy === undefined ? {} : { remedy }) };
}

function isWorkspace(value: unknown): value is ConfiguredWorkspace {
  return typeof value === "object" && value !== null && "config" in value;
}
