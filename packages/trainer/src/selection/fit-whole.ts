import type { WorkerPool } from "../engine/pool.ts";
import type { FitResult, PartResult } from "../families/family.ts";
import { familyNamed } from "../families/registry.ts";
import type { Candidate } from "./candidates.ts";
import type { FitTask } from "./run-task.ts";

/**
 * Tasks that an ensemble's members are dealt to, so that a handful of threads all have work to the end. No matter of
 * the number of threads: the parts are the same on every machine.
 */
const TASKS = 16;

/**
 * Fits a candidate on the whole training part: an ensemble of members that do not need each other in several
 * tasks, any other model in one.
 *
 * @param threads how many the pool has; a model that is fitted in one task may use them all
 * @param onProgress called with the share that is done
 */
export async function fitWhole(
  pool: Pick<WorkerPool, "run">,
  { family, params }: Candidate,
  threads: number,
  onProgress: (share: number) => void = () => {},
): Promise<FitResult> {
  const { parts, staged } = familyNamed(family);
  if (!parts || !staged) {
    const task: FitTask = { kind: "fit", family, params, members: null, threads };
    return pool.run<FitResult>(task, onProgress);
  }
  const members = params[staged.param] as number;
  const tasks: FitTask[] = [];
  const membersATask = Math.ceil(members / TASKS);
  for (let start = 0; start < members; start += membersATask) {
    const end = Math.min(members, start + membersATask);
    tasks.push({ kind: "fit", family, params, members: { start, end }, threads: 1 });
  }
  const done = new Float64Array(tasks.length);
  const gatherer = parts.gather(members);
  /** Parts that came before those in front of them. */
  const early = new Map<number, PartResult>();
  let next = 0;
  await Promise.all(
    tasks.map(async (task, index) => {
      const fitted = await pool.run<PartResult>(task, (share) => {
        done[index] = share;
        onProgress(done.reduce((sum, each) => sum + each, 0) / tasks.length);
      });
      early.set(index, fitted);
      for (let part = early.get(next); part !== undefined; part = early.get(next)) {
        gatherer.add(part);
        early.delete(next++);
      }
    }),
  );
  return gatherer.finish();
}
