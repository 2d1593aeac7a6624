import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeDriftReport } from "../../src/drift/write-drift-report.ts";
import { numeric } from "../ingested-part.ts";
import { PARAMS } from "../params.ts";
import { sampleOf } from "./two-parts.ts";

test("one entry a column, in order, whatever the names", async () => {
  const folder = await mkdtemp(join(tmpdir(), "gillnet-drift-"));
  try {
    const path = join(folder, "report.yaml");
    await writeDriftReport(path, {
      columns: [
        {
          column: "age: in years",
          test: {
            name: "kolmogorov_smirnov",
            statistic: 1 / 3,
            pValue: 1.23456789e-12,
            effect: 1 / 3,
            pooledValues: 0,
          },
          adjustedPValue: 1.23456789e-12,
          drifted: true,
        },
        { column: "7", test: null, adjustedPValue: null, drifted: false },
      ],
      by: "group",
      train: sampleOf(numeric("7", [1, 2, 3])),
      test: sampleOf(numeric("7", [1])),
      params: PARAMS.drift,
    });
    expect(await readFile(path, "utf8")).toBe(`drift_status: true
drifted_columns: 1
tested_columns: 1
compared:
  unit: groups
  train: 3
  test: 1
alpha: 0.05
minimum_effect: 0.05
columns:
  "age: in years":
    p_value: 1.23457e-12
    drift_status: true
    adjusted_p_value: 1.23457e-12
    test: kolmogorov_smirnov
    statistic: 0.333333
    effect: 0.333333
    pooled_values: 0
  "7":
    p_value: null
    drift_status: false
    adjusted_p_value: null
    test: none
    statistic: null
    effect: null
    pooled_values: 0
`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
