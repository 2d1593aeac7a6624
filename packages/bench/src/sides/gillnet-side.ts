import type { GillnetJob } from "./jobs.ts";
import { runFitJob } from "./run-fit-job.ts";
import { runFoldsJob } from "./run-folds-job.ts";
import { runGridJob } from "./run-grid-job.ts";
import { runPublishedJob } from "./run-published-job.ts";
import { tellProgress, tellResult } from "./tell.ts";

// The process of Gillnet's side: its job is one JSON object, the only argument.
const job = JSON.parse(process.argv[2] as string) as GillnetJob;
switch (job.kind) {
  case "fit":
    tellResult(await runFitJob(job, tellProgress));
    break;
  case "folds":
    tellResult(await runFoldsJob(job, tellProgress));
    break;
  case "published":
    tellResult(await runPublishedJob(job, tellProgress));
    break;
  case "grid":
    tellResult(await runGridJob(job, tellProgress));
    break;
}
