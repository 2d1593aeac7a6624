import { access } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { countOf, PipelineError } from "@gillnet/entity";
import type { MongodbTarget, PushSummary } from "@gillnet/ingestion";
import { mongoUrlOf } from "../config/mongo-url.ts";
import { createJsonLines } from "../terminal/json-lines.ts";
import { createLiveLine } from "../terminal/live-line.ts";
import { openWorkspace } from "../workspace.ts";
import type { App, CommonFlags } from "../workspace.ts";

export interface PushDataFlags extends CommonFlags {
  readonly database?: string;
  readonly collection?: string;
  readonly drop: boolean;
}

/**
 * `pipeline push-data FILE`: puts the rows of a CSV file, named from the working folder, into the collection
 * of source.mongodb or of the flags. Rows that are there already are not added again.
 *
 * Errors: CONFIG_..., RUN_USAGE without such a file, those of ingestion's pushCsv and targetOf.
 */
export async function pushDataCommand(file: string, flags: PushDataFlags, app: App): Promise<void> {
  const { terminal, signal } = app;
  const { config, environment } = await openWorkspace(flags, app);
  const path = resolve(app.workingFolder, file);
  await access(path).catch((cause: unknown) => {
    throw new PipelineError("RUN_USAGE", `There is no file ${file} (looked for ${path})`, {
      hint: "Check the path; it starts from the working folder",
      details: { path },
      cause,
    });
  });
  const { pushCsv, targetOf } = await import("@gillnet/ingestion");
  const { database, collection } = { ...config.source.mongodb, ...flags };
  const target: MongodbTarget = targetOf(
    { ...config.source.mongodb, database, collection },
    mongoUrlOf(environment),
  );
  const live = await createLiveLine(terminal);
  let summary: PushSummary;
  try {
    summary = await pushCsv(path, target, {
      drop: flags.drop,
      signal,
      progress: ({ fraction, message }) => {
        live.show(`  ${Math.floor(fraction * 100)} %  ${message}`);
      },
    });
  } finally {
    live.close();
  }
  write(basename(path), summary, flags, app);
}

function write(file: string, summary: PushSummary, flags: PushDataFlags, app: App): void {
  const { out, err, marks } = app.terminal;
  const { collection, rejectedRows, rejectedExamples } = summary;
  if (flags.json) {
    createJsonLines(out, app.now)({ event: "data.pushed", file, ...summary, drop: flags.drop });
    return;
  }
  out.write(`${sentenceOf(file, summary)}\n`);
  if (rejectedRows === 0) return;
  const places = rejectedExamples.map(({ line, reason }) => `line ${line} (${reason})`);
  const more = rejectedRows - places.length;
  err.write(
    `${marks.warning} ${countOf(rejectedRows, "row")} could not be read and ${rejectedRows === 1 ? "is" : "are"} not in ${collection}: ${places.join(", ")}${more > 0 ? ` and ${more} more` : ""}\n`,
  );
}

function sentenceOf(file: string, { collection, rows, added, present }: PushSummary): string {
  if (rows === 0) return `${file} has no rows; ${collection} is as it was.`;
  if (added === 0) {
    return `All ${countOf(rows, "row")} of ${file} were in ${collection} already; nothing was added.`;
  }
  const were = present === 1 ? "was" : "were";
  const rest = present === 0 ? "" : `; ${present.toLocaleString("en-US")} ${were} there already`;
  return `${countOf(added, "row")} of ${file} ${added === 1 ? "was" : "were"} added to ${collection}${rest}.`;
}
