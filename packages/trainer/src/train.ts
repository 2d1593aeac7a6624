import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { SeededRandom } from "@gillnet/entity";
import type {
  ArtifactHandle,
  LeaderboardEntry,
  StageContext,
  TrainerArtifact,
  TransformationArtifact,
} from "@gillnet/entity";
import { sha256 } from "@gillnet/entity/node";
import { decodeInputs, encodeBundle, predictProbabilities } from "@gillnet/model-bundle";
import type { FittedInputs } from "@gillnet/model-bundle";
import { readNpy, writeNpy } from "@gillnet/table";

import { binningNotes } from "./data/binning-notes.ts";
import { canonicalPart } from "./data/canonical-part.ts";
import type { CanonicalPart } from "./data/canonical-part.ts";
import { maskGroups } from "./data/mask-groups.ts";
import { refuseEmptyColumns } from "./data/refuse-empty-columns.ts";
import { WORKER_URL } from "./engine/pool.ts";
import { pause } from "./engine/pause.ts";
import { startThreads } from "./engine/threads.ts";
import { evaluateTest } from "./evaluate-test.ts";
import { composeEvidence } from "./evidence.ts";
import { meanScores, scorePredictions } from "./metrics/score-predictions.ts";
import { THRESHOLD } from "./metrics/threshold.ts";
import type { TrainerParams } from "./params.ts";
import { planSearch } from "./selection/plan-search.ts";
import { planFits } from "./selection/candidates.ts";
import type { Candidate } from "./selection/candidates.ts";
import { prepareSearch } from "./selection/prepare-search.ts";
import type { RankedCandidate } from "./selection/leaderboard.ts";
import { searchBest } from "./selection/search-best.ts";

const FILES: TrainerArtifact["files"] = {
  bundle: "trained_model/model.bundle",
  evidence: "trained_model/evidence.json",
  testProbabilities: "trained_model/test_probabilities.npy",
};

/**
 * Chooses the best model by cross-validation on the training part, fits it on all of that part, scores it
 * once on the test part, and writes the bundle with its evidence.
 *
 * The bundle's bytes depend on the rows (not their order), the params and the seed; not on `context.jobs`.
 *
 * @throws PipelineError with a code of trainerErrors, before any fitting when the input or the params are at
 *   fault; the errors of readNpy and decodeInputs; the signal's reason soon after it is aborted.
 * @example
 * const artifact = await train({ transformation }, params, context);
 * artifact.test.intervals.accuracy; // { value: 0.957, low: 0.948, high: 0.965 }
 */
export async function train(
  inputs: { readonly transformation: ArtifactHandle<TransformationArtifact> },
  params: TrainerParams,
  context: StageContext,
): Promise<TrainerArtifact> {
  const { plan, description, notes: planNotes } = planSearch(params, context.seed);
  context.progress({ fraction: 0, message: "reading matrices" });
  const tasks = params.folds * planFits(plan.candidates).length;
  startThreads(WORKER_URL, Math.min(context.jobs, tasks));
  const { fitted, training, test } = await readParts(inputs.transformation, context.signal);
  refuseEmptyColumns(training.x, fitted.features);
  const { groupedBy } = inputs.transformation.artifact;
  const data = prepareSearch(
    training,
    fitted.features,
    groupedBy,
    params.folds,
    context.seed,
    plan.rounds[0]?.share,
    maskGroups(params.mask_groups ?? [], fitted.features),
  );
  context.signal.throwIfAborted();

  const found = await searchBest(data, plan, params.ensemble, context);
  context.signal.throwIfAborted();
  const { model, leaderboard, randomFoldScores } = found;
  const chosen = leaderboard[0] as RankedCandidate;

  context.progress({ fraction: 1, message: "scoring on the test part" });
  const bundle = encodeBundle({
    ...fitted,
    model,
    calibration: { kind: "none" },
    threshold: THRESHOLD,
  });
  const onTraining = predictProbabilities(model, training.x);
  const onTest = predictProbabilities(model, test.x);
  const random = new SeededRandom(context.seed).fork("trainer").fork("intervals");
  const artifact: TrainerArtifact = {
    stage: "trainer",
    family: chosen.family,
    params: chosen.params,
    selection: {
      metric: params.metric,
      folds: params.folds,
      by: groupedBy,
      search: { ...description, leftOut: found.leftOut },
    },
    leaderboard: leaderboard.map(withoutFolds),
    train: scorePredictions(onTraining, training.targets, THRESHOLD),
    crossValidation: chosen.scores,
    randomCrossValidation: meanScores(randomFoldScores),
    test: evaluateTest(test, onTest, THRESHOLD, random),
    threshold: THRESHOLD,
    files: FILES,
    bundleHash: sha256(bundle),
    notes: [
      ...planNotes,
      ...found.notes,
      ...binningNotes(fitted.features),
      ...maskingNotes(fitted, plan.candidates),
    ],
  };
  const evidence = composeEvidence(artifact, leaderboard, randomFoldScores, onTest, test.targets);
  const probabilities = Float64Array.from(test.indexOf, (row) => onTest[row] as number);
  const { output } = context;
  await writeFile(output.path(FILES.bundle), bundle);
  await writeFile(output.path(FILES.evidence), `${JSON.stringify(evidence, null, 2)}\n`);
  await writeNpy(output.path(FILES.testProbabilities), {
    data: probabilities,
    rows: probabilities.length,
    cols: 1,
  });
  return artifact;
}

function withoutFolds(ranked: RankedCandidate): LeaderboardEntry {
  const { foldScores: _foldScores, ...entry } = ranked;
  return entry;
}

async function readParts(
  { artifact, folder }: ArtifactHandle<TransformationArtifact>,
  signal: AbortSignal,
): Promise<{
  readonly fitted: FittedInputs;
  readonly training: CanonicalPart;
  readonly test: CanonicalPart;
}> {
  const { files } = artifact;
  const fitted = decodeInputs(await readFile(join(folder, files.preprocessing)));
  const read = async (file: string, rowsFile: string, part: string): Promise<CanonicalPart> => {
    const matrix = await readNpy(join(folder, file));
    const rows = await readNpy(join(folder, rowsFile));
    const canonical = canonicalPart(matrix, rows, fitted.features, part);
    await pause(signal);
    return canonical;
  };
  return {
    fitted,
    training: await read(files.train, files.trainRows, "training"),
    test: await read(files.test, files.testRows, "test"),
  };
}

/** That masks are hidden from the model, when imputation will fill what is missing. */
function maskingNotes(
  { preprocessor }: FittedInputs,
  candidates: readonly Candidate[],
): readonly string[] {
  const masks = candidates.some(({ params }) => ((params["mask_copies"] ?? 0) as number) > 0);
  return masks && preprocessor.imputer.kind !== "none"
    ? [
        "A model was trained on masked copies, but imputation fills missing numbers before the model sees them: set transformation.imputer to none",
      ]
    : [];
}
