import { countOf, percent } from "@gillnet/entity";
import type { Finding } from "@gillnet/entity";
import { find } from "./find.ts";
import type { ValidationParams } from "./params.ts";
import type { FeatureSummary } from "./summarize-column.ts";

/** Columns that the note names one by one. */
const NAMED = 5;

/** Features that are missing too often, or always; and one note about all others with missing cells. */
export function checkMissing(
  summaries: readonly FeatureSummary[],
  params: ValidationParams,
): readonly Finding[] {
  const findings: Finding[] = [];
  const sometimes: { readonly name: string; readonly share: number }[] = [];
  for (const { feature, whole, train } of summaries) {
    const { name: column } = feature;
    const count = whole.missing;
    const share = count / whole.rows;
    if (share > params.maximum_missing_share) {
      findings.push(
        find(
          "MISSING_SHARE",
          `'${column}' is missing in ${share === 1 ? "every row" : `${percent(share)} of the rows`}, above the allowed ${percent(params.maximum_missing_share)}`,
          { column, count },
        ),
      );
    } else if (train.missing === train.rows) {
      findings.push(
        find(
          "ALL_MISSING",
          `'${column}' has no value in the training part: no model can learn from it`,
          { column, count },
        ),
      );
    } else if (count > 0) {
      sometimes.push({ name: column, share });
    }
  }
  if (sometimes.length > 0) findings.push(describeMissing(sometimes));
  return findings;
}

function describeMissing(columns: { readonly name: string; readonly share: number }[]): Finding {
  const named = columns
    .sort((a, b) => b.share - a.share)
    .slice(0, NAMED)
    .map(({ name, share }) => `'${name}' (${percent(share)})`);
  const more = columns.length - named.length;
  const list = more > 0 ? `${named.join(", ")} and ${more} more` : named.join(", ");
  return find(
    "MISSING_CELLS",
    `${countOf(columns.length, "column")} ${columns.length === 1 ? "has" : "have"} missing cells: ${list}`,
  );
}
