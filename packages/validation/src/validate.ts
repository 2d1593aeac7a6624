import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type {
  ArtifactHandle,
  FeatureSpec,
  Finding,
  IngestionArtifact,
  Severity,
  StageContext,
  ValidationArtifact,
} from "@gillnet/entity";
import { readIngestedPart } from "@gillnet/table";
import { findBrokenRules } from "./broken-rules.ts";
import { checkColumn } from "./check-column.ts";
import { checkMissing } from "./check-missing.ts";
import { checkTable } from "./check-table.ts";
import { describeBrokenRule } from "./describe-broken-rule.ts";
import { checkDrift } from "./drift/check-drift.ts";
import { independentSample } from "./drift/independent-sample.ts";
import { judgeDrift } from "./drift/judge-drift.ts";
import { testColumn } from "./drift/test-column.ts";
import type { TwoSampleTest } from "./drift/two-sample-test.ts";
import { writeDriftReport } from "./drift/write-drift-report.ts";
import type { ValidationParams } from "./params.ts";
import { summarizeColumn } from "./summarize-column.ts";
import type { FeatureSummary } from "./summarize-column.ts";
import { writeInvalidRows } from "./write-invalid-rows.ts";

const REPORT = "validation_report/report.json";
const DRIFT = "drift_report/report.yaml";
const INVALID = "invalid/rows.csv";
const SEVERITIES: readonly Severity[] = ["error", "warning", "note"];

/**
 * Judges ingestion's table by its schema and by what training needs, and says everything at once.
 *
 * A table that is not fit to be trained on is a result: `passed` is false and the findings say why. Every
 * cell that breaks a rule of the schema is listed in invalid/rows.csv, without a bound. The drift report tests
 * each feature for a difference between train and test.
 *
 * @throws what the table package throws; the signal's reason
 *   when it is aborted.
 * @example
 * const { passed, findings } = await validate({ ingestion }, params, context);
 */
export async function validate(
  inputs: { readonly ingestion: ArtifactHandle<IngestionArtifact> },
  params: ValidationParams,
  context: StageContext,
): Promise<ValidationArtifact> {
  const { artifact: ingestion, folder } = inputs.ingestion;
  const { schema } = ingestion;
  const { signal } = context;

  context.progress({ fraction: 0, message: "reading train and test" });
  const train = await readIngestedPart(join(folder, ingestion.files.train), schema, signal);
  const test = await readIngestedPart(join(folder, ingestion.files.test), schema, signal);
  const parts = [train, test];

  const { by } = ingestion.split;
  const samples = { train: independentSample(train, by), test: independentSample(test, by) };
  const summaries: FeatureSummary[] = [];
  const tests: { readonly column: string; readonly test: TwoSampleTest | null }[] = [];
  for (const [i, feature] of schema.features.entries()) {
    await setImmediate();
    signal.throwIfAborted();
    context.progress({
      fraction: i / schema.features.length,
      message: `checking '${feature.name}'`,
    });
    const summary: FeatureSummary = {
      feature,
      whole: summarizeColumn(feature, parts),
      train: summarizeColumn(feature, [train]),
    };
    summaries.push(summary);
    tests.push({ column: feature.name, test: testColumn(summary, samples.train, samples.test) });
  }
  const columns = judgeDrift(tests, params.drift);
  const broken = findBrokenRules(schema.features, parts);
  const findings = sortFindings(schema.features, [
    ...checkTable(ingestion, parts, params),
    ...checkMissing(summaries, params),
    ...checkDrift(columns, params.drift),
    ...broken.map(describeBrokenRule),
    ...summaries.flatMap((summary) => checkColumn(summary, schema.label, params)),
  ]);
  const passed = findings.every(({ severity }) => severity !== "error");

  if (broken.length > 0) await writeInvalidRows(context.output.path(INVALID), broken);
  await writeDriftReport(context.output.path(DRIFT), {
    columns,
    by,
    ...samples,
    params: params.drift,
  });
  const count = (wanted: Severity): number =>
    findings.filter(({ severity }) => severity === wanted).length;
  const report = {
    passed,
    rows: { train: train.table.rowCount, test: test.table.rowCount },
    errors: count("error"),
    warnings: count("warning"),
    notes: count("note"),
    findings,
    params,
  };
  await writeFile(context.output.path(REPORT), `${JSON.stringify(report, null, 2)}\n`);
  return {
    stage: "validation",
    passed,
    findings,
    files: {
      report: REPORT,
      driftReport: DRIFT,
      invalid: broken.length > 0 ? INVALID : null,
    },
  };
}

/** The gravest first; then what concerns the table before what concerns a column, columns in the schema's order. */
function sortFindings(
  features: readonly FeatureSpec[],
  findings: readonly Finding[],
): readonly Finding[] {
  const placeOf = new Map(features.map(({ name }, i) => [name, i]));
  const place = ({ column }: Finding): number =>
    column === undefined ? -1 : (placeOf.get(column) ?? features.length);
  return findings.toSorted(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || place(a) - place(b),
  );
}
