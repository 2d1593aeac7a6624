import { PipelineError } from "@gillnet/entity";
import { createJsonLines } from "../terminal/json-lines.ts";
import { openWorkspace } from "../workspace.ts";
import type { App, CommonFlags } from "../workspace.ts";

/**
 * `pipeline data fetch`: downloads the UCI table that pipeline.yaml names into the cache, checking its
 * content. Errors: CONFIG_..., RUN_NO_DOWNLOAD, INGESTION_UCI_...
 */
export async function dataFetchCommand(flags: CommonFlags, app: App): Promise<void> {
  const { config, cacheFolder } = await openWorkspace(flags, app);
  const { uci } = config.source;
  if (uci === undefined) {
    throw new PipelineError(
      "RUN_NO_DOWNLOAD",
      "source.uci is not set, so there is nothing to download",
      {
        hint: "Name a table of the UCI repository in pipeline.yaml: source.uci.id, name and fingerprint",
      },
    );
  }
  const { downloadUci } = await import("@gillnet/ingestion");
  const { fetch, signal } = app;
  const file = await downloadUci(uci, { cacheFolder, fetch, signal });
  if (flags.json) {
    createJsonLines(app.terminal.out, app.now)({ event: "data.fetched", name: uci.name, file });
  } else
    app.terminal.out.write(
      `${uci.name} (UCI ${uci.id}) is in ${file}; its content is the declared one.\n`,
    );
}
