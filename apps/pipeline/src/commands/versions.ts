import { isPipelineError } from "@gillnet/entity";
import { formatEstimate } from "../terminal/format.ts";
import { createJsonLines } from "../terminal/json-lines.ts";
import { formatName } from "../terminal/stage-summary.ts";
import { formatTable } from "../terminal/text-table.ts";
import { findWorkspace } from "../workspace.ts";
import type { App, CommonFlags } from "../workspace.ts";

/** `pipeline versions`: what is published, newest first, and which of it is live. */
export async function versionsCommand(flags: CommonFlags, app: App): Promise<void> {
  const { out, err, color, marks } = app.terminal;
  const { published } = await findWorkspace(flags, app);
  const live = await published.live().catch((error: unknown) => {
    if (!isPipelineError(error)) throw error;
    err.write(`${marks.warning} ${error.message}. ${error.hint ?? ""}\n`);
    return null;
  });
  const manifests = (await published.manifests()).reverse();
  if (flags.json) {
    const write = createJsonLines(out, app.now);
    for (const manifest of manifests) {
      write({ event: "version", live: manifest.version === live, ...manifest });
    }
    return;
  }
  if (manifests.length === 0) {
    out.write("Nothing is published yet. pnpm pipeline run does it\n");
    return;
  }
  const [head = "", ...lines] = formatTable([
    ["Version", "Published (UTC)", "Model", "Test accuracy (95 %)", "Source", "Run"],
    ...manifests.map(({ version, publishedAt, model, metrics, source, run }) => [
      version === live ? `${version} live` : String(version),
      publishedAt.slice(0, 16).replace("T", " "),
      formatName(model.family),
      formatEstimate(metrics.test.accuracy),
      source.synthetic ? `${source.name} (made-up)` : source.name,
      run,
    ]),
  ]);
  out.write(`${color.bold(head)}\n${lines.join("\n")}\n`);
}
