import { writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Writes a command line that stands in for the pipeline's. It tells what it was given as its first event,
 * then what the setting `do` names: `wait` (until it is stopped), `ignore` (signals too), `crash`, `fail`,
 * `noise`, or nothing.
 */
export function writeFakePipeline(folder: string): string {
  const path = join(folder, "fake-pipeline.mjs");
  writeFileSync(path, FAKE);
  return path;
}

const FAKE = `
const tell = (event, fields) => process.stdout.write(JSON.stringify({ event, time: "2026-11-22T14:22:10.412Z", ...fields }) + "\\n");
const args = process.argv.slice(2);
const what = args.find((arg) => arg.startsWith("--set=do="))?.slice("--set=do=".length);
const stays = what === "wait" || what === "ignore";
const timer = stays && setInterval(() => {}, 1000);
if (stays) {
  process.on("SIGTERM", () => {
    if (what === "ignore") return;
    tell("error", { code: "RUN_INTERRUPTED", message: "Stopped", hint: "Run again" });
    process.exitCode = 143;
    clearInterval(timer);
  });
}
tell("run.started", { name: "fake", args, token: process.env.GILLNET_ADMIN_TOKEN ?? null, stdin: process.stdin.read() });
tell("run.created", { run: "r1", folder: "/f" });
tell("stage.progress", { stage: "trainer", fraction: 0.1, message: "one" });
tell("stage.progress", { stage: "trainer", fraction: 0.2, message: "two \\u2028 \\n lines" });
if (what === "crash") {
  process.stderr.write("the last words");
  process.exitCode = 3;
} else if (what === "fail") {
  tell("error", { code: "RUN_GATES_FAILED", message: "A gate said no", hint: "Look at the gates", details: {} });
  process.exitCode = 1;
} else if (what === "noise") {
  process.stdout.write('no JSON\\n[1]\\nnull\\n{"event":1}\\n{"event":"a\\\\nb"}\\n\\n{"event":"last.one"}');
} else if (!stays) {
  tell("run.published", { version: 7, previous: 6, how: "new" });
  tell("run.finished", { run: "r1", outcome: "succeeded", changed: true, live: 7, published: 7 });
}
`;
