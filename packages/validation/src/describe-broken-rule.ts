import { countOf } from "@gillnet/entity";
import type { Finding } from "@gillnet/entity";
import type { BrokenRule } from "./broken-rules.ts";
import { find } from "./find.ts";

const EXAMPLES = 5;

/** The finding of one broken rule: how many rows, which values most often, what is allowed, where to look. */
export function describeBrokenRule({ code, column, allowed, cells }: BrokenRule): Finding {
  const rows = countOf(cells.length, "row");
  const has = cells.length === 1 ? "has" : "have";
  return find(code, `${rows} ${has} ${describeValues(cells)} in '${column}'; allowed: ${allowed}`, {
    column,
    count: cells.length,
    exampleRows: cells.slice(0, EXAMPLES).map(({ sourceRow }) => sourceRow),
  });
}

/** "5", or "5 (4 times), 7 and 2 other values": the most frequent first, equals in order of appearance. */
function describeValues(cells: BrokenRule["cells"]): string {
  const counts = new Map<string, number>();
  for (const { value } of cells) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const shown = sorted
    .slice(0, EXAMPLES)
    .map(([value, count]) =>
      count > 1 && sorted.length > 1 ? `${value} (${count.toLocaleString("en-US")} times)` : value,
    );
  const others = sorted.length - shown.length;
  return others > 0
    ? `${shown.join(", ")} and ${countOf(others, "other value")}`
    : shown.join(", ");
}
