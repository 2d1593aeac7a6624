import { PipelineError } from "@gillnet/entity";

/** The error for a file of the journal that the disk does not give or take. */
export function fileError(path: string, cause: unknown): PipelineError {
  const { code = "an unknown error" } = cause as { code?: string };
  return new PipelineError("TRACKING_JOURNAL_UNWRITABLE", `${path} cannot be used: ${code}`, {
    hint: "Check the folder's permissions and the free disk space",
    details: { file: path },
    cause,
  });
}
