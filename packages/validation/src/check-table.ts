import { countOf, percent } from "@gillnet/entity";
import type { Finding, IngestionArtifact, LabelSpec } from "@gillnet/entity";
import { find } from "./find.ts";
import type { ValidationParams } from "./params.ts";
import type { IngestedPart } from "@gillnet/table";
import type { ClassCounts } from "./summarize-column.ts";

/** How sentences call the two parts, in the order in which they are passed. */
const PART_NAMES = ["training part", "test part"];

/** What there is to say of the table as a whole. */
export function checkTable(
  ingestion: IngestionArtifact,
  parts: readonly IngestedPart[],
  params: ValidationParams,
): readonly Finding[] {
  const counts = parts.map(countClasses);
  const total: ClassCounts = [0, 0];
  for (const [negative, positive] of counts) {
    total[0] += negative;
    total[1] += positive;
  }
  return [
    ...checkCounts(ingestion.schema.label, parts, counts, total, params),
    ...checkRejected(ingestion),
    ...checkRepetition(ingestion, parts, total[0] + total[1]),
  ];
}

function checkCounts(
  label: LabelSpec,
  parts: readonly IngestedPart[],
  counts: readonly ClassCounts[],
  total: ClassCounts,
  params: ValidationParams,
): readonly Finding[] {
  const findings: Finding[] = [];
  const rows = total[0] + total[1];
  if (rows < params.minimum_rows) {
    findings.push(
      find(
        "TOO_FEW_ROWS",
        `The table has ${countOf(rows, "row")}; at least ${params.minimum_rows.toLocaleString("en-US")} are needed`,
        { count: rows },
      ),
    );
  }
  for (const side of [0, 1] as const) {
    const { name } = side === 1 ? label.positive : label.negative;
    for (const i of parts.keys()) {
      if (counts[i]?.[side] === 0) {
        findings.push(find("ONE_CLASS", `The ${PART_NAMES[i]} has no ${name} row`, { count: 0 }));
      }
    }
    const count = total[side];
    if (count < params.minimum_class_rows) {
      findings.push(
        find(
          "CLASS_TOO_SMALL",
          `${countOf(count, `${name} row`)} of ${rows.toLocaleString("en-US")} ${count === 1 ? "is" : "are"} too few; at least ${params.minimum_class_rows.toLocaleString("en-US")} are needed`,
          { count },
        ),
      );
    } else if (count < params.minimum_class_share * rows) {
      findings.push(
        find(
          "CLASS_IMBALANCE",
          `Only ${percent(count / rows)} of the rows are ${name}: a model that never says so is right on ${percent(1 - count / rows)}`,
          { count },
        ),
      );
    }
  }
  return findings;
}

function checkRejected({ rows, rejectedRows, files }: IngestionArtifact): readonly Finding[] {
  if (rejectedRows === 0) return [];
  const share = percent(rejectedRows / (rows + rejectedRows));
  const where = files.rejected === null ? "" : `; ingestion's ${files.rejected} holds them`;
  return [
    find(
      "REJECTED_ROWS",
      `${countOf(rejectedRows, "row")} of the source (${share}) could not be used and ${rejectedRows === 1 ? "was" : "were"} set aside${where}`,
      { count: rejectedRows },
    ),
  ];
}

function checkRepetition(
  ingestion: IngestionArtifact,
  parts: readonly IngestedPart[],
  rows: number,
): readonly Finding[] {
  const { split, duplicateRows, conflictingRows } = ingestion;
  const findings: Finding[] = [];
  if (split.leakedTestRows > 0) {
    findings.push(
      find(
        "LEAKED_TEST_ROWS",
        `${split.leakedTestRows.toLocaleString("en-US")} of ${countOf(split.testRows, "test row")} have the features of a training row: test scores flatter`,
        { count: split.leakedTestRows },
      ),
    );
  }
  if (duplicateRows > 0) {
    findings.push(
      find(
        "DUPLICATE_ROWS",
        `${duplicateRows.toLocaleString("en-US")} of ${countOf(ingestion.rows, "row")} repeat an earlier one, label included; ${split.by === "random" ? "a split at random parts the copies" : "the split keeps copies together"}`,
        { count: duplicateRows },
      ),
    );
  }
  if (conflictingRows > 0) {
    const ceiling =
      split.by === "vector"
        ? `: no model can be right on more than ${percent(1 - countUnavoidableErrors(parts) / rows)}`
        : "";
    findings.push(
      find(
        "LABEL_CONFLICTS",
        `${countOf(conflictingRows, "row")} have the same features as rows of the other class${ceiling}`,
        { count: conflictingRows },
      ),
    );
  }
  return findings;
}

function countClasses(part: IngestedPart): ClassCounts {
  const counts: ClassCounts = [0, 0];
  for (let row = 0; row < part.weights.length; row++) {
    const weight = part.weights[row] as number;
    counts[part.classes[row] as 0 | 1] += weight;
  }
  return counts;
}

/** The lesser class's rows of every vector, which the split by vector has as its group. */
function countUnavoidableErrors(parts: readonly IngestedPart[]): number {
  const byGroup = new Map<number, ClassCounts>();
  for (const part of parts) {
    for (let row = 0; row < part.weights.length; row++) {
      const weight = part.weights[row] as number;
      const group = part.groups[row] as number;
      let counts = byGroup.get(group);
      if (counts === undefined) byGroup.set(group, (counts = [0, 0]));
      counts[part.classes[row] as 0 | 1] += weight;
    }
  }
  let errors = 0;
  for (const [negative, positive] of byGroup.values()) errors += Math.min(negative, positive);
  return errors;
}
