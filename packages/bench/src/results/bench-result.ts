import type { GridWinner } from "../sides/jobs.ts";
import type { FoldScores } from "../scoring/score-folds.ts";

/** The kinds of benchmarks. */
export type BenchName = "train" | "scale" | "quality";

/** What one side took, over all its processes. In seconds. */
export interface Timing {
  /** The first fit of a process: with compiling, loading code and starting threads. */
  readonly first: number;
  /** The fits after it, or the first where there was one alone. */
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** How many fits the three are of. */
  readonly fits: number;
}

/** One side of a comparison, or one model of the quality benchmark. */
export interface SideResult {
  readonly side: "gillnet" | "peer";
  /** "Gillnet", or the peer's name in `versions`. */
  readonly library: string;
  readonly model: string;
  readonly timing?: Timing;
  readonly peakMegabytes?: number;
  /** Share of the test rows whose class is predicted right. */
  readonly accuracy?: number;
  readonly foldScores?: FoldScores;
  readonly winners?: readonly GridWinner[];
  /** Why there are no figures. */
  readonly failure?: string;
}

/** One comparison, as a file under results/. */
export interface BenchResult {
  /** The file's name, without .json. */
  readonly name: string;
  readonly bench: BenchName;
  readonly title: string;
  /** What repeats it. */
  readonly command: string;
  /** YYYY-MM-DD */
  readonly date: string;
  readonly machine: {
    readonly cores: number;
    readonly cpu: string;
    readonly memoryGigabytes: number;
    readonly system: string;
    /** Cores that other processes kept busy just before. */
    readonly busyCores: number;
  };
  readonly versions: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string | number>>;
  /** Gillnet first. */
  readonly sides: readonly SideResult[];
}

/** How many times as long, or as much, the peer took: above 1 where Gillnet is better. */
export function ratioOf(gillnet: number | undefined, peer: number | undefined): number | undefined {
  return gillnet === undefined || peer === undefined || gillnet === 0 ? undefined : peer / gillnet;
}
