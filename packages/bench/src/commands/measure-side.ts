import { isPipelineError } from "@gillnet/entity";
import { THREADS } from "../comparisons.ts";
import type { Peer } from "../comparisons.ts";
import { FOLDERS } from "../folders.ts";
import { hasFamily } from "../sides/complete-params.ts";
import type {
  FitJob,
  FoldsJob,
  GillnetJob,
  GillnetModel,
  GridJob,
  PublishedJob,
  SideAnswer,
} from "../sides/jobs.ts";
import { pythonCommand } from "../sides/python.ts";
import type { Python } from "../sides/python.ts";
import { runSide } from "../sides/run-side.ts";
import type { Session } from "./session.ts";

/** The seed of all that is fitted and made. */
export const SEED = 0;

/** An npm peer gets no more: some take hours where others take seconds. */
const NPM_LIMIT_SECONDS = 180;

/** What came of running a side: an answer, or why there is none. */
export type Measured = SideAnswer | { readonly failure: string };

/** A job for Gillnet's side; threads and seed are the same for all. */
type GillnetRequest = ((FitJob | FoldsJob) & GillnetModel) | GridJob | PublishedJob;

/** Runs Gillnet's side. A family that the trainer does not have is a failure to be shown; any other is an error. */
export async function runGillnet(
  session: Session,
  name: string,
  job: GillnetRequest,
): Promise<Measured> {
  const { app, progress } = session;
  if ("family" in job && !hasFamily(job.family)) {
    return { failure: `the trainer has no family ${job.family}` };
  }
  progress.start(`${name}: Gillnet`);
  const whole: GillnetJob = { ...job, threads: THREADS, seed: SEED };
  const command = {
    name: "Gillnet's side",
    command: process.execPath,
    args: [FOLDERS.gillnetSide, JSON.stringify(whole)],
    environment: app.environment,
  };
  try {
    return (await runSide(command, app.signal, (each) => progress.update(each))) as SideAnswer;
  } finally {
    progress.end();
  }
}

/** Runs a script of the peers'. */
export async function runPython(
  session: Session,
  name: string,
  script: string,
  job: object,
  threads?: number,
): Promise<Measured> {
  const { app, progress } = session;
  progress.start(name);
  const command = pythonCommand(session.python as Python, script, job, app, threads);
  return failureShown(
    session,
    runSide(command, app.signal, (each) => progress.update(each)),
  );
}

/** Runs a fit of a peer's. What goes wrong is shown in its place. */
export async function runPeerFit(
  session: Session,
  name: string,
  peer: Peer,
  job: FitJob,
): Promise<Measured> {
  const label = `${name}: ${peer.library}`;
  if ("estimator" in peer) {
    const { estimator, params } = peer;
    return runPython(session, label, "fit.py", { ...job, estimator, params }, THREADS);
  }
  const { app, progress } = session;
  progress.start(label);
  const command = {
    name: peer.npm,
    command: process.execPath,
    args: [FOLDERS.npmSide, JSON.stringify({ ...job, fits: 1, model: peer.npm })],
    environment: app.environment,
    timeLimitSeconds: NPM_LIMIT_SECONDS,
  };
  return failureShown(session, runSide(command, app.signal));
}

async function failureShown(session: Session, running: Promise<unknown>): Promise<Measured> {
  try {
    return (await running) as SideAnswer;
  } catch (error) {
    session.app.signal.throwIfAborted();
    if (!isPipelineError(error)) throw error;
    return { failure: error.message };
  } finally {
    session.progress.end();
  }
}
