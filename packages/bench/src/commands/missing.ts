import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PipelineError } from "@gillnet/entity";
import type { BenchApp } from "../bench-app.ts";
import { THREADS } from "../comparisons.ts";
import { readBytes } from "../data/npy.ts";
import { readRealTable } from "../data/real-table.ts";
import { writeWhole } from "../data/write-tables.ts";
import { FOLDERS } from "../folders.ts";
import { missingTable, replaceTable } from "../missing/missing-table.ts";
import { predictMissing } from "../missing/predict-missing.ts";
import type { MissingPlan } from "../missing/predict-missing.ts";
import { maskGroupsOf, missingColumns, SCENARIOS } from "../missing/sources.ts";
import { scoreFolds } from "../scoring/score-folds.ts";
import { runPython, SEED } from "./measure-side.ts";
import type { BenchOptions } from "./options.ts";
import { Session } from "./session.ts";

/** What masked training costs and gains on the real table when sources are gone; writes the table of the docs. */
export async function missingCommand(options: BenchOptions, app: BenchApp): Promise<void> {
  const table = await readRealTable(app);
  // The folds are scikit-learn's.
  const session = await Session.open(app, options, true);
  const whole = await writeWhole(table);
  const grouped = join(FOLDERS.scratch, "folds-grouped.npy");
  const job = { ...whole, random: join(FOLDERS.scratch, "folds-random.npy"), grouped };
  const made = await runPython(session, "making folds", "make_folds.py", job);
  if ("failure" in made) throw new PipelineError("BENCH_SIDE_FAILED", made.failure);
  const folds = await readBytes(grouped);

  const plan: MissingPlan = {
    family: "hist_gradient_boosting",
    params: {},
    masking: { mask_copies: 10 },
    maskGroups: maskGroupsOf(table),
    scenarios: SCENARIOS.map((scenario) => missingColumns(table, scenario)),
    seed: SEED,
    threads: THREADS,
  };
  session.progress.start("missing sources");
  const answers = await predictMissing(table, folds, plan, app.signal, (share) =>
    session.progress.update({ share }),
  );
  session.progress.end();
  const rows = answers.map((ways, at) => ({
    title: SCENARIOS[at]?.title as string,
    scores: {
      filled: scoreFolds(ways.filled, table.y, folds),
      plain: scoreFolds(ways.plain, table.y, folds),
      masked: scoreFolds(ways.masked, table.y, folds),
      without: scoreFolds(ways.without, table.y, folds),
    },
  }));
  if (options.json) app.out.write(`${JSON.stringify({ event: "missing", rows })}\n`);
  else app.out.write(`${missingTable(rows)}\n`);
  if (!options.write) return;
  const page = await readFile(FOLDERS.missingPage, "utf8");
  await writeFile(FOLDERS.missingPage, replaceTable(page, missingTable(rows)));
}
