import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { countOf, listOf, parseNumber, PipelineError, SeededRandom } from "@gillnet/entity";
import type { CategoricalColumn, Column } from "@gillnet/entity";
import { canonicalJson, sha256 } from "@gillnet/entity/node";
import type { ColumnLayout, ReadTable, TableLayout } from "@gillnet/table";

import type { SyntheticParams } from "../params.ts";
import { parseBayesianNetwork } from "../synthetic/bayesian-network.ts";
import { sampleBayesianNetwork } from "../synthetic/sample-bayesian-network.ts";
import { checkIsFile } from "./file-source.ts";
import type { ResolvedSource, SourceEnvironment, SyntheticContent } from "./source.ts";

/** `src` and `dist` stand side by side, so this names the same file from both. */
const PACKAGED_NETWORK = new URL("../../networks/phishing-websites.json", import.meta.url);

/** The table stands in for a file, so the run's seed must not change it. */
const SEED = 327;

/**
 * The synthetic table of a network file, or of the network that comes with the package.
 *
 * @throws PipelineError INGESTION_SOURCE_NOT_FOUND; INGESTION_NETWORK_BAD.
 */
export async function resolveSynthetic(
  params: SyntheticParams,
  environment: Pick<SourceEnvironment, "baseFolder">,
): Promise<ResolvedSource> {
  const path =
    params.network === undefined
      ? fileURLToPath(PACKAGED_NETWORK)
      : resolve(environment.baseFolder, params.network);
  await checkIsFile(path, params.network ?? path);
  const text = await readFile(path, "utf8");
  const network = parseBayesianNetwork(text, basename(path));
  return {
    description: { kind: "synthetic", name: `${network.name} (synthetic)`, synthetic: true },
    content: { format: "synthetic", network, rows: params.rows, certainty: params.certainty },
    inputHash: sha256(
      canonicalJson({
        network: sha256(text),
        rows: params.rows,
        certainty: params.certainty,
        seed: SEED,
      }),
    ),
    notes: [
      `${countOf(params.rows, "row")} were drawn from a Bayesian network learnt from ${network.name}; no figure of this run says anything about real data`,
    ],
  };
}

/**
 * Draws the table and gives its columns the names, kinds and order of the layout; names match whatever
 * their case.
 *
 * @throws PipelineError INGESTION_SYNTHETIC_SCHEMA when a column of the layout is not there or is not
 *   made of numbers where the layout wants numbers.
 */
export function readSynthetic(content: SyntheticContent, layout: TableLayout): ReadTable {
  const { network, rows, certainty } = content;
  const drawn = sampleBayesianNetwork(network, rows, new SeededRandom(SEED), certainty);
  const nameOf = (name: string): string => name.toLowerCase();
  const drawnByName = new Map(drawn.columns.map((column) => [nameOf(column.name), column]));
  const missing = layout.columns.filter(({ name }) => !drawnByName.has(nameOf(name)));
  if (missing.length > 0) {
    fail(`has no ${listOf(missing.map(({ name }) => name))}`, content);
  }
  const wanted = new Set(layout.columns.map(({ name }) => nameOf(name)));
  return {
    table: {
      columns: layout.columns.map((column) =>
        toLayout(drawnByName.get(nameOf(column.name)) as CategoricalColumn, column, content),
      ),
      rowCount: drawn.rowCount,
    },
    sourceRows: Int32Array.from({ length: drawn.rowCount }, (_, row) => row + 1),
    rejectedRows: 0,
    rejectedExamples: [],
    unknownColumns: drawn.columns
      .map(({ name }) => name)
      .filter((name) => !wanted.has(nameOf(name))),
  };
}

function toLayout(
  column: CategoricalColumn,
  layout: ColumnLayout,
  content: SyntheticContent,
): Column {
  const { name } = layout;
  if (layout.kind === "categorical") return { ...column, name };
  const numbers = column.categories.map((text) => parseNumber(text));
  const bad = column.categories.filter((_, code) => numbers[code] === undefined);
  if (bad.length > 0) fail(`holds ${listOf(bad)} in '${name}', a numeric column`, content);
  return {
    kind: "numeric",
    name,
    values: Float64Array.from(column.codes, (code) => numbers[code] ?? Number.NaN),
  };
}

function fail(problem: string, content: SyntheticContent): never {
  throw new PipelineError(
    "INGESTION_SYNTHETIC_SCHEMA",
    `The synthetic table of ${content.network.name} ${problem}, so it does not fit the schema`,
    {
      hint: "Declare source.kind csv or parquet and source.path, or a network for this schema in source.synthetic.network",
    },
  );
}
