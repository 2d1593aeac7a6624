import { PipelineError } from "@gillnet/entity";
import { runCli } from "./run-cli.ts";
import { killSides } from "./sides/run-side.ts";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    stop.abort(
      new PipelineError("BENCH_INTERRUPTED", "Stopped before the end; nothing is left running", {
        hint: "Run it again; comparisons that were finished are kept",
        details: { signal },
      }),
    );
  });
}
process.on("exit", killSides);

process.exitCode = await runCli({
  commandLine: process.argv.slice(2),
  environment: process.env,
  out: process.stdout,
  err: process.stderr,
  now: () => new Date(),
  signal: stop.signal,
});
