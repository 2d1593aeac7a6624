import { isPipelineError } from "@gillnet/entity";

/** 0 fine; 1 something said no; 2 wrong usage or configuration; 128 + n ended by signal n. */
export type ExitCode = 0 | 1 | 2 | 130 | 143;

/** Codes of errors that the one who typed the command or wrote the configuration can mend there. */
const USAGE_CODES: ReadonlySet<string> = new Set([
  "INGESTION_MONGODB_FIELDS",
  "INGESTION_MONGODB_NOT_FOUND",
  "INGESTION_MONGODB_URL",
  "INGESTION_NO_GROUP_COLUMN",
  "INGESTION_RESERVED_COLUMN",
  "INGESTION_SOURCE_NOT_FOUND",
  "INGESTION_SOURCE_PARAMS",
  "INGESTION_SYNTHETIC_SCHEMA",
  "RUN_NO_DOWNLOAD",
  "RUN_NO_TRACKING_SERVER",
  "RUN_SELECTION",
  "RUN_STAGE_UNKNOWN",
  "RUN_UNKNOWN",
  "RUN_USAGE",
  "RUN_VERSION_UNKNOWN",
  "TRACKING_URI_BAD",
]);

/** The exit code of a command that ended with this error. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!isPipelineError(error)) return 1;
  const { code, details } = error;
  if (code === "RUN_INTERRUPTED") return details["signal"] === "SIGTERM" ? 143 : 130;
  return code.startsWith("CONFIG_") || USAGE_CODES.has(code) ? 2 : 1;
}
