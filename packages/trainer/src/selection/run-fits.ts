import type { WorkerPool } from "../engine/pool.ts";
import { familyNamed } from "../families/registry.ts";
import type { CandidateParams } from "../families/family.ts";

/** A task that fits a model of some family. */
export interface PlannedFit {
  readonly family: string;
  /** Of several side by side, those of the first. */
  readonly params: CandidateParams;
  /** As Family.effort; absent when it is that of `params`. */
  readonly effort?: number;
  readonly task: unknown;
  /** Whether it is run even when no further fit may start. */
  readonly required?: boolean;
}

/** How far a list of fits is. */
export interface FitProgress {
  readonly family: string;
  /** Ended and planned fits of that family. */
  readonly done: number;
  readonly of: number;
  /** The part of the whole effort that is behind. */
  readonly share: number;
  /** What the fit that has been running longest has behind it; null while none takes long. */
  readonly longFit: { readonly share: number; readonly trees: number | null } | null;
}

/** What running fits takes, besides the pool. */
export interface FitsContext {
  /** How many the pool has. */
  readonly threads: number;
  readonly now: () => Date;
  readonly onProgress: (progress: FitProgress) => void;
}

/** A fit that has been running for less than this is not spoken of by itself, so that nothing flickers. */
const LONG_FIT_MILLISECONDS = 2000;

interface RunningFit {
  readonly fit: PlannedFit;
  readonly since: number;
  share: number;
}

/**
 * Runs fits in the order given, so many at a time as there are threads.
 *
 * @param mayStart asked before each fit that is not required: after the first no, only required ones start
 * @param onResult called as each fit ends, with its index and what its task gave
 */
export async function runFits(
  pool: Pick<WorkerPool, "run">,
  fits: readonly PlannedFit[],
  { threads, now, onProgress }: FitsContext,
  mayStart: () => boolean,
  onResult: (index: number, result: unknown) => void,
): Promise<void> {
  const efforts = fits.map(
    ({ family, params, effort: own }) => own ?? familyNamed(family).effort(params),
  );
  const effort = efforts.reduce((sum, each) => sum + each, 0);
  const ofFamily = new Map<string, number>();
  for (const { family } of fits) ofFamily.set(family, (ofFamily.get(family) ?? 0) + 1);
  const doneOf = new Map<string, number>();
  /** In the order in which they started. */
  const running = new Map<number, RunningFit>();
  let effortDone = 0;
  let stopped = false;
  let next = 0;

  const tell = (lastEnded: string | null): void => {
    const [oldest] = running.values();
    const long = oldest !== undefined && now().getTime() - oldest.since >= LONG_FIT_MILLISECONDS;
    const family = long ? oldest.fit.family : (lastEnded ?? oldest?.fit.family);
    if (family === undefined) return;
    let behind = effortDone;
    for (const [index, { share }] of running) behind += share * (efforts[index] as number);
    onProgress({
      family,
      done: doneOf.get(family) ?? 0,
      of: ofFamily.get(family) as number,
      share: behind / effort,
      longFit: long ? { share: oldest.share, trees: treesOf(oldest.fit) } : null,
    });
  };
  const lane = async (): Promise<void> => {
    for (let index = next++; index < fits.length; index = next++) {
      const fit = fits[index] as PlannedFit;
      stopped ||= !fit.required && !mayStart();
      if (stopped && !fit.required) continue;
      const state = { fit, since: now().getTime(), share: 0 };
      running.set(index, state);
      const result = await pool.run<unknown>(fit.task, (share) => {
        state.share = share;
        tell(null);
      });
      running.delete(index);
      effortDone += efforts[index] as number;
      doneOf.set(fit.family, (doneOf.get(fit.family) ?? 0) + 1);
      onResult(index, result);
      tell(fit.family);
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, fits.length) }, lane));
}

function treesOf({ family, params }: PlannedFit): number | null {
  const { staged } = familyNamed(family);
  return staged ? (params[staged.param] as number) : null;
}
