import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { countOf } from "@gillnet/entity";
import type { BenchApp } from "../bench-app.ts";
import { FITS, THREADS } from "../comparisons.ts";
import { readRealTable } from "../data/real-table.ts";
import { writeSplit } from "../data/write-tables.ts";
import type { TableFiles } from "../data/write-tables.ts";
import { FOLDERS } from "../folders.ts";
import { ratioOf } from "../results/bench-result.ts";
import type { SideResult } from "../results/bench-result.ts";
import { formatRatio, formatSeconds } from "../results/format.ts";
import type { GridJob, SideAnswer } from "../sides/jobs.ts";
import { compareFits, printFitsHead, timingOf } from "./compare-fits.ts";
import { runGillnet, runPython } from "./measure-side.ts";
import type { Measured } from "./measure-side.ts";
import type { TimingOptions } from "./options.ts";
import { selectByName } from "./select.ts";
import { needsPython, Session, takesPeer } from "./session.ts";

/** After one to warm up. */
const WARM_FITS = 5;
const GRID = "grid";
const GRID_WIDTHS = [46, 24, 12, 14, 9, 8];

/** The original's whole training job, and single fits, on the real table. */
export async function trainCommand(options: TimingOptions, app: BenchApp): Promise<void> {
  const items = selectByName([{ name: GRID }, ...FITS], options.only);
  const chosen = new Set(items.map(({ name }) => name));
  const withGrid = chosen.has(GRID);
  const fits = FITS.filter(({ name }) => chosen.has(name));
  const table = await readRealTable(app);
  const forGrid = withGrid && takesPeer(options, "scikit-learn");
  const session = await Session.open(app, options, forGrid || needsPython(fits, options));
  const files = await writeSplit(table);
  if (withGrid) await compareGrids(session, files, options);
  if (fits.length > 0) printFitsHead(session);
  for (const comparison of fits) {
    await compareFits(
      session,
      comparison,
      {
        bench: "train",
        name: `train-${comparison.name}`,
        title: comparison.title,
        files,
        fits: 1 + WARM_FITS,
        settings: settingsOf(files),
      },
      options,
    );
  }
}

async function compareGrids(
  session: Session,
  files: TableFiles,
  { repeat }: TimingOptions,
): Promise<void> {
  const busyCores = await session.busyCores();
  const title = `the original's whole job, ${countOf(files.rows, "row")}`;
  const folder = join(FOLDERS.scratch, "grid");
  const { x, y, xTest, yTest } = files;
  const job: GridJob = { kind: "grid", x, y, xTest, yTest, folder };
  const gillnet: Measured[] = [];
  const peer: Measured[] = [];
  for (let round = 0; round < repeat; round++) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    gillnet.push(await runGillnet(session, title, job));
    if (!session.takes("scikit-learn")) continue;
    const command = { ...job, jobs: THREADS };
    peer.push(await runPython(session, `${title}: scikit-learn`, "seed_grid.py", command));
  }
  const sides = [
    sideOf("gillnet", "Gillnet", gillnet),
    ...(peer.length === 0 ? [] : [sideOf("peer", "scikit-learn", peer)]),
  ];
  session.print(["what", "by", "cv accuracy", "test accuracy", "seconds", "ratio"], GRID_WIDTHS);
  for (const side of sides) {
    session.tellSide("train-grid", side);
    const ratio =
      side.side === "peer" ? ratioOf(sides[0]?.timing?.median, side.timing?.median) : undefined;
    session.print(
      [
        side.side === "gillnet" ? title : "",
        side.library,
        side.failure ?? "",
        "",
        formatSeconds(side.timing?.median),
        formatRatio(ratio),
      ],
      GRID_WIDTHS,
    );
    for (const { family, crossValidationAccuracy, testAccuracy } of side.winners ?? []) {
      session.print(
        ["", `  ${family}`, crossValidationAccuracy.toFixed(4), testAccuracy.toFixed(4)],
        GRID_WIDTHS,
      );
    }
  }
  await session.finish(
    {
      name: "train-grid",
      bench: "train",
      title,
      settings: { ...settingsOf(files), processes: repeat },
      sides,
    },
    busyCores,
  );
}

function sideOf(
  side: SideResult["side"],
  library: string,
  measured: readonly Measured[],
): SideResult {
  const about = { side, library, model: "grid" };
  const failed = measured.find((each) => "failure" in each);
  if (failed !== undefined) return { ...about, failure: failed.failure };
  const answers = measured as readonly SideAnswer[];
  return {
    ...about,
    timing: timingOf(answers.map(({ seconds }) => seconds)),
    winners: answers[0]?.models ?? [],
  };
}

function settingsOf({ rows, testRows, cols }: TableFiles): Record<string, number> {
  return { rows, testRows, columns: cols, threads: THREADS };
}
