import type { Logger } from "@gillnet/entity";
import type { ResolvedSource } from "@gillnet/ingestion";
import { mongoUrlOf } from "../config/mongo-url.ts";
import type { App, ConfiguredWorkspace } from "../workspace.ts";

/** Settles which source a run reads. May download it. Errors: those of ingestion's resolveSource. */
export async function resolveRunSource(
  workspace: ConfiguredWorkspace,
  app: App,
  logger: Logger,
): Promise<ResolvedSource> {
  return resolve(workspace, app, logger, app.fetch);
}

/**
 * The same without any download. `missing` is true when a run would have to download first, so that
 * what it would then find is not known.
 */
export async function peekRunSource(
  workspace: ConfiguredWorkspace,
  app: App,
): Promise<{ source: ResolvedSource | undefined; missing: boolean }> {
  let missing = false;
  const refuse = (): Promise<never> => {
    missing = true;
    return Promise.reject(new TypeError("Downloads wait for a run"));
  };
  const silent = (): void => undefined;
  const logger = { debug: silent, info: silent, warn: silent };
  try {
    const source = await resolve(workspace, app, logger, refuse);
    return { source: missing ? undefined : source, missing };
  } catch (error) {
    if (missing) return { source: undefined, missing };
    throw error;
  }
}

async function resolve(
  { config, baseFolder, cacheFolder, environment }: ConfiguredWorkspace,
  { signal }: App,
  logger: Logger,
  fetch: typeof globalThis.fetch,
): Promise<ResolvedSource> {
  const { resolveSource } = await import("@gillnet/ingestion");
  return resolveSource(config.source, config.schema, {
    baseFolder,
    cacheFolder,
    mongoUrl: mongoUrlOf(environment),
    fetch,
    signal,
    logger,
  });
}
