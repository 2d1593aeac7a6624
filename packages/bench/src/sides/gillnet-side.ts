import type { GillnetJob } from "./jobs.ts";
import { runFitJob } from "./run-fit-job.ts";
import { runFoldsJob } from "./run-folds-job.ts";
import { runGridJob } from "./run-grid-job.ts";
import { tellResult } from "./tell.ts";

// The process of Gillnet's side: its job is one JSON object, the only argument.
const job = JSON.parse(process.argv[2] as string) as GillnetJob;
switch (job.kind) {
  case "fit":
    tellResult(await runFitJob(job));
    break;
  case "folds":
    tellResult(await runFoldsJob(job));
    break;
  case "grid":
    tellResult(await runGridJob(job));
    break;
}
