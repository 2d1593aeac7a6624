import type { ErrorCodeTable } from "@gillnet/entity";

/** Codes that the command line and the runner throw. */
export const runErrors: ErrorCodeTable = {
  RUN_CODE_MISSING: {
    meaning: "The built code of a package is not there, so nothing can say whether it changed",
    remedy: "Install and build: pnpm install, then pnpm build:ts",
  },
  RUN_GATES_FAILED: {
    meaning: "The model did not pass a gate; it is not published, and what was live stays so",
    remedy: "Improve the data or the settings, or change the gate in pipeline.yaml, and run again",
  },
  RUN_INCOMPLETE: {
    meaning: "The run that was to be published has no artifact of some stage",
    remedy: "Choose a run that came to its end: pnpm pipeline runs",
  },
  RUN_INPUT_STALE: {
    meaning: "A stage was to run alone or first, and a stage before it is not up to date",
    remedy: "Run that one too: pnpm pipeline run --from STAGE",
  },
  RUN_INTERRUPTED: {
    meaning: "The run was stopped by Ctrl-C or a signal; what was finished is kept",
    remedy: "Run again: finished stages are not made again",
  },
  RUN_LOCKED: {
    meaning: "Another process is running the pipeline on the same artifacts",
    remedy: "Wait until it ends, or stop it",
  },
  RUN_NO_DOWNLOAD: {
    meaning: "The configuration names no table to download",
    remedy: "Set source.uci in pipeline.yaml",
  },
  RUN_NO_EARLIER_VERSION: {
    meaning: "There is no published version to go back to",
    remedy: "Name a version: pnpm pipeline versions lists them",
  },
  RUN_NO_TRACKING_SERVER: {
    meaning: "Runs were to be sent to a tracking server, and none is set",
    remedy: "Set tracking.uri in pipeline.yaml or MLFLOW_TRACKING_URI, or name it: --to URI",
  },
  RUN_POINTER_DAMAGED: {
    meaning: "artifacts/published/live.json does not name a version",
    remedy: "Choose one with pnpm pipeline rollback VERSION",
  },
  RUN_SELECTION: {
    meaning: "The stages that were asked for contradict each other",
    remedy: "Name one stage, or a range with --from and --to in the order of the stages",
  },
  RUN_STAGE_UNKNOWN: {
    meaning: "There is no stage of that name",
    remedy: "Stages are ingestion, validation, transformation and trainer",
  },
  RUN_STALE: {
    meaning: "plan --check found stages that a run would run",
    remedy: "Bring the artifacts up to date: pnpm pipeline run",
  },
  RUN_STORAGE: {
    meaning: "The file system refused: no space, no right, or too many open files",
    remedy: "See the file and the reason in the message; pnpm pipeline doctor checks the folder",
  },
  RUN_SYNC_INCOMPLETE: {
    meaning: "The tracking server has some runs and could not have others",
    remedy: "Do what stands beside those runs, and run pnpm pipeline sync again",
  },
  RUN_UNKNOWN: {
    meaning: "There is no run of that name, or none yet",
    remedy: "See what there is with pnpm pipeline runs",
  },
  RUN_UNWELL: {
    meaning: "doctor found something that would make a run fail",
    remedy: "Do what stands beside the problem",
  },
  RUN_USAGE: {
    meaning: "The command or one of its flags is not known, or lacks its value",
    remedy: "See pnpm pipeline --help",
  },
  RUN_VALIDATION_FAILED: {
    meaning: "Validation found errors in the data; no model is trained on them",
    remedy:
      "Mend the data or the schema; the report and the rows concerned are in the run's folder",
  },
  RUN_VERSION_DAMAGED: {
    meaning: "The files of a published version are not those that were published",
    remedy: "Choose another version, or publish its run again",
  },
  RUN_VERSION_UNKNOWN: {
    meaning: "There is no published version of that number",
    remedy: "See what there is with pnpm pipeline versions",
  },
};
