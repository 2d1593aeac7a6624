import { countOf } from "@gillnet/entity";
import type { BenchApp } from "../bench-app.ts";
import { SCALE_FITS, THREADS } from "../comparisons.ts";
import type { Comparison } from "../comparisons.ts";
import { countDistinctRows } from "../data/count-distinct-rows.ts";
import { readRealTable } from "../data/real-table.ts";
import { continuousTable, resampledTable } from "../data/synthetic-table.ts";
import type { SyntheticTable } from "../data/synthetic-table.ts";
import { writeSynthetic } from "../data/write-tables.ts";
import { compareFits, printFitsHead } from "./compare-fits.ts";
import { SEED } from "./measure-side.ts";
import type { ScaleOptions } from "./options.ts";
import { selectByName } from "./select.ts";
import { needsPython, Session } from "./session.ts";

const TABLES = ["three-valued", "continuous"] as const;

type Item = { readonly name: string; readonly table: (typeof TABLES)[number] } & {
  readonly comparison: Comparison;
};

const ITEMS: readonly Item[] = TABLES.flatMap((table) =>
  SCALE_FITS.map((comparison) => ({ name: `${table}-${comparison.name}`, table, comparison })),
);

/** Fits on synthetic tables of any length. */
export async function scaleCommand(options: ScaleOptions, app: BenchApp): Promise<void> {
  const chosen = selectByName(ITEMS, options.only);
  const tables: Partial<Record<Item["table"], SyntheticTable>> = {
    continuous: continuousTable,
  };
  if (chosen.some(({ table }) => table === "three-valued")) {
    tables["three-valued"] = resampledTable(await readRealTable(app));
  }
  const comparisons = chosen.map(({ comparison }) => comparison);
  const session = await Session.open(app, options, needsPython(comparisons, options));
  printFitsHead(session);
  for (const table of TABLES) {
    const items = chosen.filter((item) => item.table === table);
    const synthetic = tables[table];
    if (items.length === 0 || synthetic === undefined) continue;
    session.progress.start(`making ${countOf(options.rows, "row")}, ${table}`);
    const files = await writeSynthetic(table, synthetic, options.rows, SEED, app.signal);
    const settings: Record<string, number> = {
      rows: files.rows,
      testRows: files.testRows,
      columns: files.cols,
      threads: THREADS,
    };
    if (table === "three-valued") {
      const blocks = synthetic.blocks(options.rows, SEED, "train");
      const distinct = countDistinctRows(blocks, files.cols);
      settings["distinctRows"] = distinct;
      session.print([`${table}: ${countOf(distinct, "distinct row")}`], []);
    }
    session.progress.end();
    for (const { name, comparison } of items) {
      await compareFits(
        session,
        comparison,
        {
          bench: "scale",
          name: `scale-${name}-${options.rows}`,
          title: `${table}, ${countOf(options.rows, "row")}: ${comparison.title}`,
          files,
          fits: 1,
          settings,
        },
        options,
      );
    }
  }
}
