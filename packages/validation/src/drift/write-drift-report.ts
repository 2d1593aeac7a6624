import { writeFile } from "node:fs/promises";
import type { SplitDescription } from "@gillnet/entity";
import { stringify } from "yaml";
import type { DriftParams } from "../params.ts";
import type { IndependentSample } from "./independent-sample.ts";
import type { ColumnDrift } from "./judge-drift.ts";

/** What has one vote in the tests, by how the split dealt. */
const UNITS: Readonly<Record<SplitDescription["by"], string>> = {
  group: "groups",
  random: "rows",
  vector: "distinct feature vectors",
};

/** Digits that are written: enough to read, too few to depend on the order in which votes were added. */
const DIGITS = 6;

interface DriftReport {
  readonly columns: readonly ColumnDrift[];
  readonly by: SplitDescription["by"];
  readonly train: IndependentSample;
  readonly test: IndependentSample;
  readonly params: DriftParams;
}

/** Writes the drift report as YAML: the whole first, then one entry a column, in the schema's order. */
export async function writeDriftReport(path: string, report: DriftReport): Promise<void> {
  const { columns, by, train, test, params } = report;
  const drifted = columns.filter((column) => column.drifted).length;
  const content = {
    drift_status: drifted > 0,
    drifted_columns: drifted,
    tested_columns: columns.filter((column) => column.test !== null).length,
    compared: { unit: UNITS[by], train: train.size, test: test.size },
    alpha: params.alpha,
    minimum_effect: params.minimum_effect,
    // Not an object: it would put names that are numbers before the others.
    columns: new Map(columns.map((column) => [column.column, describe(column)])),
  };
  await writeFile(path, stringify(content, { lineWidth: 0 }));
}

function describe({
  test,
  adjustedPValue,
  drifted,
}: ColumnDrift): Readonly<Record<string, unknown>> {
  return {
    p_value: round(test?.pValue ?? null),
    drift_status: drifted,
    adjusted_p_value: round(adjustedPValue),
    test: test?.name ?? "none",
    statistic: round(test?.statistic ?? null),
    effect: round(test?.effect ?? null),
    pooled_values: test?.pooledValues ?? 0,
  };
}

function round(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(DIGITS));
}
