import { isPipelineError } from "@gillnet/entity";
import type { SourceDescription } from "@gillnet/entity";
import type { GateParams } from "../config/pipeline-config.ts";
import { checkBundleAnswers } from "../publish/check-bundle-answers.ts";
import { gatesError, judgeScores, judgeSource, pickJudged } from "../publish/gates.ts";
import type { GateVerdict, JudgedArtifacts } from "../publish/gates.ts";
import { publishBundle } from "../publish/publish-bundle.ts";
import { readCodeOrigin } from "../publish/code-origin.ts";
import type { PublishedVersions } from "../publish/published-versions.ts";
import type { RunJournal } from "./run-journal.ts";
import type { RunnerWorld, StagesDone } from "./runner-world.ts";

/** What the end of a run works with. */
export interface ConclusionWorld extends Pick<RunnerWorld, "store" | "emit" | "now" | "signal"> {
  readonly gates: GateParams;
  readonly published: PublishedVersions;
  /** Whether nobody named the source: source.kind is auto. */
  readonly automaticSource: boolean;
  /** Where the code is: its commit goes into the manifest. */
  readonly codeFolder: string;
}

/**
 * Judges the model of a run whose stages are all there, and publishes its bundle when it passes and is
 * not live already. Gives the version that is live afterwards. Error: RUN_GATES_FAILED.
 *
 * A run that was there before is left alone when its bundle was published and somebody rolled back from
 * it since; unless the settings went back to that run, which is a wish to have its model again.
 */
export async function concludeRun(
  done: StagesDone,
  world: ConclusionWorld,
): Promise<number | null> {
  const artifacts = pickJudged(done.artifacts);
  const trainer = artifacts.trainer.artifact;
  const { published, gates } = world;
  if (!done.changed) {
    const live = await readLive(published);
    if (isSettled(done, live, trainer.bundleHash)) {
      const scores = judgeScores(gates, trainer);
      if (scores.some(({ passed }) => !passed)) throw gatesError(scores, live?.version ?? null);
      return live?.version ?? null;
    }
  }
  return judgeAndPublish(done.journal, artifacts, world);
}

/** Whether the question of publishing an earlier run has been answered already. */
function isSettled(
  { journal, restored }: StagesDone,
  live: LiveBundle | null,
  bundleHash: string,
): boolean {
  if (live === null) return false;
  return live.sha256 === bundleHash || (!restored && journal.record.published !== null);
}

/**
 * Judges the model, whatever was judged before, and makes its bundle the live one if it passes. Gives the
 * version. The run records both; one that was published keeps its record when it is refused now.
 *
 * Error: RUN_GATES_FAILED.
 */
export async function judgeAndPublish(
  journal: RunJournal,
  artifacts: JudgedArtifacts,
  world: ConclusionWorld,
): Promise<number> {
  const { published, emit, now, signal } = world;
  let gates: readonly GateVerdict[] | null = null;
  try {
    const live = await readLive(published);
    const ingestion = artifacts.ingestion.artifact;
    const trainer = artifacts.trainer.artifact;
    gates = [
      ...judgeScores(world.gates, trainer),
      ...(world.automaticSource ? judgeSource(ingestion.source, live?.source ?? null) : []),
      await checkBundleAnswers(artifacts, signal),
    ];
    signal.throwIfAborted();
    emit({ event: "run.judged", run: journal.record.run, ingestion, trainer, gates });
    const previous = live?.version ?? null;
    if (gates.some(({ passed }) => !passed)) throw gatesError(gates, previous);
    const { version, how } = await makeLive(journal, artifacts, gates, live, world);
    const finished = journal.record.finished ?? now().toISOString();
    const outcome = "succeeded";
    await journal.update({ gates, published: version, outcome, finished, error: null });
    emit({ event: "run.published", version, previous, how });
    return version;
  } catch (error) {
    if (journal.record.published === null) {
      const rejected = isPipelineError(error) && error.code === "RUN_GATES_FAILED";
      const outcome = rejected ? "rejected" : signal.aborted ? "interrupted" : "failed";
      await journal.fail(error, outcome, now(), gates);
    }
    throw error;
  }
}

/** The bundle stays live, becomes it again under the version that the run has, or gets a new one. */
async function makeLive(
  journal: RunJournal,
  artifacts: JudgedArtifacts,
  gates: readonly GateVerdict[],
  live: LiveBundle | null,
  { store, published, codeFolder, now, signal }: ConclusionWorld,
): Promise<{ version: number; how: "already" | "again" | "new" }> {
  const { record } = journal;
  const { bundleHash } = artifacts.trainer.artifact;
  if (live?.sha256 === bundleHash) return { version: live.version, how: "already" };
  const earlier = (await published.manifests()).find(
    ({ run, bundle }) => run === record.run && bundle.sha256 === bundleHash,
  );
  if (earlier !== undefined) {
    await published.setLive(earlier.version);
    return { version: earlier.version, how: "again" };
  }
  const code = await readCodeOrigin(codeFolder);
  const publication = { record, artifacts, gates, code, publishedAt: now() };
  return { version: await publishBundle(publication, store, published, signal), how: "new" };
}

interface LiveBundle {
  readonly version: number;
  readonly sha256: string;
  readonly source: SourceDescription;
}

/** The live version; null when there is none, or when what should be live is not there or not whole. */
async function readLive(published: PublishedVersions): Promise<LiveBundle | null> {
  try {
    const version = await published.live();
    if (version === null) return null;
    const { bundle, source } = await published.manifest(version);
    return { version, sha256: bundle.sha256, source };
  } catch (error) {
    if (isPipelineError(error)) return null;
    throw error;
  }
}
