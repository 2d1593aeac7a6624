import { join } from "node:path";
import { PipelineError } from "@gillnet/entity";
import type { ValidationArtifact } from "@gillnet/entity";

/** Findings beyond this many are left to the report. */
const MOST_FINDINGS = 10;

/** The error that stops a run whose data did not pass, naming what is wrong with them. */
export function validationError(artifact: ValidationArtifact, folder: string): PipelineError {
  const errors = artifact.findings.filter(({ severity }) => severity === "error");
  const shown = errors.slice(0, MOST_FINDINGS).map(({ message }) => `\n  ${message}`);
  const others = errors.length - shown.length;
  const more = others > 0 ? [`\n  and ${others} more`] : [];
  const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
  const { report, invalid } = artifact.files;
  const rows = invalid === null ? "" : `; the rows concerned are in ${join(folder, invalid)}`;
  return new PipelineError(
    "RUN_VALIDATION_FAILED",
    `Validation found ${count} in the data:${[...shown, ...more].join("")}`,
    {
      hint: `Mend the data or the schema. All findings are in ${join(folder, report)}${rows}`,
      details: { findings: errors, report: join(folder, report) },
    },
  );
}
