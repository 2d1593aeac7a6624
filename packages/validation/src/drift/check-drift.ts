import { countOf, percent } from "@gillnet/entity";
import type { Finding } from "@gillnet/entity";
import { find } from "../find.ts";
import type { DriftParams } from "../params.ts";
import type { ColumnDrift } from "./judge-drift.ts";

/** Columns that the finding names one by one. */
const NAMED = 5;

/** One finding about all drifted columns, the most changed first; none when there are none. */
export function checkDrift(
  columns: readonly ColumnDrift[],
  params: DriftParams,
): readonly Finding[] {
  const drifted = columns
    .filter((column) => column.drifted)
    .map(({ column, test }) => ({ column, effect: test?.effect ?? 0 }))
    .sort((a, b) => b.effect - a.effect);
  if (drifted.length === 0) return [];
  const named = drifted
    .slice(0, NAMED)
    .map(({ column, effect }) => `'${column}' (by ${percent(effect)})`)
    .join(", ");
  const more = drifted.length - NAMED;
  const finding = find(
    "DRIFTED_COLUMNS",
    `${drifted.length.toLocaleString("en-US")} of ${countOf(columns.length, "column")} ${drifted.length === 1 ? "is" : "are"} distributed otherwise in test than in train, more than chance would have it: ${more > 0 ? `${named} and ${more.toLocaleString("en-US")} more` : named}`,
  );
  return [params.fail ? { ...finding, severity: "error" } : finding];
}
