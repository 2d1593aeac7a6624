import { basename } from "node:path";
import { nearestName, PipelineError } from "@gillnet/entity";
import type { ReadOptions } from "./read-table.ts";

/** Where the layout's columns stand in a file. */
export interface MatchedColumns {
  /** For each column of the layout its position in the file. */
  readonly positions: readonly number[];
  /** Names of the file's other columns, in its order. */
  readonly unknownColumns: readonly string[];
}

/**
 * Finds the layout's columns among `names`, the column names of the file at `path`. Blanks around a name
 * do not count; nor does case when `matchCase` is false.
 *
 * Throws TABLE_COLUMN_DUPLICATE when a name stands there twice (empty names apart, which nothing can ask
 * for), and TABLE_COLUMN_MISSING naming all missing columns.
 */
export function matchColumns(
  path: string,
  names: readonly string[],
  options: Pick<ReadOptions, "layout" | "matchCase">,
): MatchedColumns {
  const key = columnKey(options.matchCase);
  const positionOf = new Map<string, number>();
  for (const [position, name] of names.entries()) {
    const earlier = positionOf.get(key(name));
    if (earlier !== undefined && key(name) !== "") {
      throw new PipelineError(
        "TABLE_COLUMN_DUPLICATE",
        `Columns ${earlier + 1} and ${position + 1} of ${basename(path)} have one name, '${name.trim()}'`,
        { hint: "Rename or remove one of them", details: { path, column: name.trim() } },
      );
    }
    positionOf.set(key(name), position);
  }

  const wanted = options.layout.columns.map((column) => column.name);
  const missing = wanted.filter((name) => !positionOf.has(key(name)));
  if (missing.length > 0) {
    throw missingColumns({ source: basename(path), place: { path }, missing, names, wanted });
  }

  const asked = new Set(wanted.map(key));
  return {
    positions: wanted.map((name) => positionOf.get(key(name)) as number),
    unknownColumns: names.filter((name) => !asked.has(key(name))).map((name) => name.trim()),
  };
}

/** What of a column's name counts when names are compared. */
export function columnKey(matchCase = true): (name: string) => string {
  return matchCase ? (name) => name.trim() : (name) => name.trim().toLowerCase();
}

/** What is missing, and where. */
interface MissingColumns {
  /** What people call the source. */
  readonly source: string;
  /** The same for machines: goes into the error's details. */
  readonly place: Readonly<Record<string, string>>;
  readonly missing: readonly string[];
  /** The columns that are there. */
  readonly names: readonly string[];
  readonly wanted: readonly string[];
}

/** The error TABLE_COLUMN_MISSING. */
export function missingColumns(found: MissingColumns): PipelineError {
  const { source, place, missing, names, wanted } = found;
  const free = names.map((name) => name.trim()).filter((name) => !wanted.includes(name));
  const hints = missing.flatMap((name) => {
    const near = nearestName(name, free);
    return near === undefined ? [] : [`'${near}' may be meant by '${name}'`];
  });
  const list = missing.map((name) => `'${name}'`).join(", ");
  return new PipelineError(
    "TABLE_COLUMN_MISSING",
    `${source} lacks ${missing.length === 1 ? "the column" : `${missing.length} columns:`} ${list}`,
    {
      hint:
        hints.length > 0
          ? `There are other names: ${hints.join("; ")}`
          : "Correct the names in the schema or in the source",
      details: { ...place, missing, found: names.slice(0, 100) },
    },
  );
}
