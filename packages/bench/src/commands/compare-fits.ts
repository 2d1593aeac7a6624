import { join } from "node:path";
import type { Comparison, Peer } from "../comparisons.ts";
import { readBytes, readDoubles } from "../data/npy.ts";
import type { TableFiles } from "../data/write-tables.ts";
import { FOLDERS } from "../folders.ts";
import { ratioOf } from "../results/bench-result.ts";
import type { BenchName, SideResult, Timing } from "../results/bench-result.ts";
import { formatMegabytes, formatRatio, formatSeconds } from "../results/format.ts";
import { accuracyAndF1 } from "../scoring/accuracy-and-f1.ts";
import type { FitJob, SideAnswer } from "../sides/jobs.ts";
import { runGillnet, runPeerFit } from "./measure-side.ts";
import type { Measured } from "./measure-side.ts";
import type { TimingOptions } from "./options.ts";
import type { Session } from "./session.ts";

const WIDTHS = [68, 16, 9, 9, 9, 8, 8];

/** The head of the table that compareFits prints. */
export function printFitsHead(session: Session): void {
  session.print(["what", "by", "first fit", "median", "memory", "accuracy", "ratio"], WIDTHS);
}

/** Where and what to fit. */
export interface FitSetting {
  readonly bench: BenchName;
  /** The result's. */
  readonly name: string;
  readonly title: string;
  readonly files: TableFiles;
  /** Fits in one process. */
  readonly fits: number;
  readonly settings: Readonly<Record<string, string | number>>;
}

/** Fits the same model on all sides, in turns, prints a row a side, and finishes the result. */
export async function compareFits(
  session: Session,
  { name: model, gillnet, peers }: Comparison,
  { bench, name, title, files, fits, settings }: FitSetting,
  { repeat }: Pick<TimingOptions, "repeat">,
): Promise<void> {
  const busyCores = await session.busyCores();
  const { x, y, xTest } = files;
  const labels = await readBytes(files.yTest);
  const jobFor = (side: string): FitJob => {
    const out = join(FOLDERS.scratch, `${name}-${side.replaceAll("/", "-")}.npy`);
    return { kind: "fit", x, y, xTest, out, fits };
  };
  const sides: { readonly library: string; readonly peer?: Peer; measured: Measured[] }[] = [
    { library: "Gillnet", measured: [] },
    ...peers
      .filter(({ library }) => session.takes(library))
      .map((peer) => ({ library: peer.library, peer, measured: [] })),
  ];
  for (let round = 0; round < repeat; round++) {
    for (const { library, peer, measured } of sides) {
      // What failed once is not waited for again.
      if (measured.some((each) => "failure" in each)) continue;
      const job = jobFor(library);
      measured.push(
        peer === undefined
          ? await runGillnet(session, title, { ...job, ...gillnet })
          : await runPeerFit(session, title, peer, job),
      );
    }
  }
  const results: SideResult[] = [];
  for (const { library, peer, measured } of sides) {
    const about = {
      side: peer === undefined ? ("gillnet" as const) : ("peer" as const),
      library,
      model: peer !== undefined && "npm" in peer ? peer.npm : model,
    };
    const failed = measured.find((each) => "failure" in each);
    const result: SideResult =
      failed === undefined
        ? {
            ...about,
            ...summarize(measured as SideAnswer[]),
            accuracy: accuracyAndF1(await readDoubles(jobFor(library).out), labels).accuracy,
          }
        : { ...about, failure: failed.failure };
    results.push(result);
    session.tellSide(name, result);
    const ratio = peer && ratioOf(results[0]?.timing?.median, result.timing?.median);
    session.print(
      [
        peer === undefined ? title : "",
        about.model === model ? library : about.model,
        ...(result.failure === undefined
          ? [
              formatSeconds(result.timing?.first),
              formatSeconds(result.timing?.median),
              formatMegabytes(result.peakMegabytes),
              result.accuracy?.toFixed(4) ?? "",
              formatRatio(ratio),
            ]
          : [result.failure]),
      ],
      WIDTHS,
    );
  }
  await session.finish(
    {
      name,
      bench,
      title,
      settings: { ...settings, processes: repeat, fitsAProcess: fits },
      sides: results,
    },
    busyCores,
  );
}

function summarize(answers: readonly SideAnswer[]): Pick<SideResult, "timing" | "peakMegabytes"> {
  const peaks = answers.flatMap(({ peakMegabytes }) => peakMegabytes ?? []);
  return {
    timing: timingOf(answers.map(({ seconds }) => seconds)),
    ...(peaks.length === 0 ? {} : { peakMegabytes: Math.max(...peaks) }),
  };
}

/** @param processes the seconds of the fits of each process, in their order */
export function timingOf(processes: readonly (readonly number[])[]): Timing {
  const warm = processes.flatMap((seconds) => (seconds.length > 1 ? seconds.slice(1) : seconds));
  return {
    first: median(processes.map((seconds) => seconds[0] as number)),
    median: median(warm),
    min: Math.min(...warm),
    max: Math.max(...warm),
    fits: warm.length,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
