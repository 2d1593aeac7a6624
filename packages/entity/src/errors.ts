import type { ErrorCodeTable } from "./error-codes.ts";

/** Codes that the artifact store throws. */
export const artifactErrors: ErrorCodeTable = {
  ARTIFACT_DAMAGED: {
    meaning: "The record of a stage's artifact is not what the store wrote",
    remedy: "Run the stage again: pnpm pipeline run STAGE",
  },
  ARTIFACT_NOT_FOUND: {
    meaning: "A run holds no finished artifact of that stage",
    remedy: "See what there is with pnpm pipeline runs; run the stage with pnpm pipeline run STAGE",
  },
  ARTIFACT_PATH_OUTSIDE: {
    meaning: "A stage asked for a file outside its own folder",
    remedy: "This is a fault of the stage: give a relative path with forward slashes",
  },
};
