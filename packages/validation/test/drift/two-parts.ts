import type { Column, FeatureSpec, SplitDescription, Table } from "@gillnet/entity";
import type { IndependentSample } from "../../src/drift/independent-sample.ts";
import { independentSample } from "../../src/drift/independent-sample.ts";
import { testColumn } from "../../src/drift/test-column.ts";
import type { TwoSampleTest } from "../../src/drift/two-sample-test.ts";
import type { IngestedPart } from "@gillnet/table";
import { summarizeColumn } from "../../src/summarize-column.ts";
import { ingestedPart } from "../ingested-part.ts";

/** A part with these columns, all rows of one class. */
export function partOf(
  columns: Table["columns"],
  options: Parameters<typeof ingestedPart>[2] = {},
): IngestedPart {
  const [first] = columns;
  const rows = first === undefined ? 0 : cellCount(first);
  return ingestedPart(Array<0>(rows).fill(0), columns, options);
}

/** Every row of the columns as an observation of its own. */
export function sampleOf(...columns: Table["columns"]): IndependentSample {
  return independentSample(partOf(columns), "random");
}

/** The tests of all columns of two parts, in order. */
export function testColumns(
  train: IngestedPart,
  test: IngestedPart,
  by: SplitDescription["by"],
): { readonly column: string; readonly test: TwoSampleTest | null }[] {
  const samples = [independentSample(train, by), independentSample(test, by)] as const;
  return train.table.columns.map(({ kind, name }) => {
    const feature: FeatureSpec = { kind, name };
    const summary = {
      feature,
      whole: summarizeColumn(feature, [train, test]),
      train: summarizeColumn(feature, [train]),
    };
    return { column: name, test: testColumn(summary, ...samples) };
  });
}

function cellCount(column: Column): number {
  return (column.kind === "numeric" ? column.values : column.codes).length;
}
