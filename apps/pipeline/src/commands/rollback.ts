import { isPipelineError, PipelineError } from "@gillnet/entity";
import type { PublishedVersions } from "../publish/published-versions.ts";
import { createJsonLines } from "../terminal/json-lines.ts";
import { findWorkspace } from "../workspace.ts";
import type { App, CommonFlags } from "../workspace.ts";

/**
 * `pipeline rollback [VERSION]`: makes an earlier version live, the one before the live one unless named.
 * It needs neither a configuration nor the lock: it must work when a run goes wrong.
 *
 * Errors: RUN_NO_EARLIER_VERSION, RUN_VERSION_UNKNOWN, RUN_VERSION_DAMAGED.
 */
export async function rollbackCommand(
  text: string | undefined,
  flags: CommonFlags,
  app: App,
): Promise<void> {
  const { published } = await findWorkspace(flags, app);
  const live = await readLive(published, text !== undefined);
  const version = text === undefined ? await findEarlier(published, live) : readVersion(text);
  await published.setLive(version);
  if (flags.json) {
    const write = createJsonLines(app.terminal.out, app.now);
    write({ event: "version.rolledBack", version, previous: live });
    return;
  }
  const was = live === null || live === version ? "" : ` (was ${live})`;
  app.terminal.out.write(`Version ${version} is live${was}.\n`);
}

/** A pointer that cannot be read must not keep anybody from setting it. */
async function readLive(published: PublishedVersions, named: boolean): Promise<number | null> {
  try {
    return await published.live();
  } catch (error) {
    if (named && isPipelineError(error)) return null;
    throw error;
  }
}

async function findEarlier(published: PublishedVersions, live: number | null): Promise<number> {
  const earlier = (await published.list()).findLast((version) => version < (live ?? 0));
  if (earlier !== undefined) return earlier;
  throw new PipelineError(
    "RUN_NO_EARLIER_VERSION",
    live === null ? "Nothing is live" : `There is no version before ${live}, which is live`,
    { hint: "Name one of pnpm pipeline versions" },
  );
}

function readVersion(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new PipelineError("RUN_VERSION_UNKNOWN", `A version is a number like 3, got '${text}'`, {
    hint: "Name one of pnpm pipeline versions",
    details: { version: text },
  });
}
