import type {
  ArtifactHandle,
  IngestionArtifact,
  SourceDescription,
  StageName,
  TrainerArtifact,
  TransformationArtifact,
} from "@gillnet/entity";
import { PipelineError } from "@gillnet/entity";
import type { GateParams } from "../config/pipeline-config.ts";

/** What a gate said of a model. */
export interface GateVerdict {
  readonly name: "expected_score" | "overfitting_threshold" | "real_rows" | "bundle_answers";
  readonly passed: boolean;
  readonly value: number | string;
  readonly bound: number | string;
  readonly sentence: string;
}

/** The artifacts that the gates judge. */
export interface JudgedArtifacts {
  readonly ingestion: ArtifactHandle<IngestionArtifact>;
  readonly transformation: ArtifactHandle<TransformationArtifact>;
  readonly trainer: ArtifactHandle<TrainerArtifact>;
}

/** The gates that need the trainer's figures only; one that pipeline.yaml sets to null is not asked. */
export function judgeScores(params: GateParams, trainer: TrainerArtifact): GateVerdict[] {
  const verdicts: GateVerdict[] = [];
  const test = trainer.test.scores.f1;
  const lowest = params.expected_score;
  if (lowest !== null) {
    verdicts.push({
      name: "expected_score",
      passed: test >= lowest,
      value: test,
      bound: lowest,
      sentence: `F1 of the positive class is ${test.toFixed(4)} on the test part; gates.expected_score asks for at least ${lowest}`,
    });
  }
  const gap = trainer.train.f1 - test;
  const widest = params.overfitting_threshold;
  if (widest !== null) {
    verdicts.push({
      name: "overfitting_threshold",
      passed: gap <= widest,
      value: gap,
      bound: widest,
      sentence: `F1 on the training part minus F1 on the test part is ${gap.toFixed(4)}; gates.overfitting_threshold allows ${widest}`,
    });
  }
  return verdicts;
}

/**
 * The gate that keeps made-up rows from taking the place of real ones behind somebody's back: asked only
 * when the source was chosen automatically and came out synthetic, say because the network was down.
 *
 * @param live where the rows of the live model came from; null when nothing is live.
 */
export function judgeSource(
  source: SourceDescription,
  live: SourceDescription | null,
): GateVerdict[] {
  if (!source.synthetic) return [];
  return [
    {
      name: "real_rows",
      passed: live === null || live.synthetic,
      value: source.name,
      bound: live?.name ?? "",
      sentence:
        live === null || live.synthetic
          ? "The rows are made up, and no model of real ones is live"
          : `The rows are made up (${source.name}), and the live model was trained on real ones (${live.name}); say source.kind=synthetic to replace it`,
    },
  ];
}

/** The error of a model that did not pass; nothing is published. */
export function gatesError(verdicts: readonly GateVerdict[], live: number | null): PipelineError {
  const failed = verdicts.filter(({ passed }) => !passed);
  const list = failed.map(({ name, sentence }) => `\n  ${name}: ${sentence}`).join("");
  const stays = live === null ? "Nothing is published" : `Version ${live} stays live`;
  return new PipelineError(
    "RUN_GATES_FAILED",
    `${failed.length} of ${verdicts.length} gates did not pass:${list}`,
    {
      hint: `${stays}. Improve the data or the settings, or change the gate in pipeline.yaml and run again`,
      details: { gates: verdicts },
    },
  );
}

/** The artifacts that the gates need, out of those of a run. */
export function pickJudged(
  artifacts: ReadonlyMap<StageName, ArtifactHandle<unknown>>,
): JudgedArtifacts {
  return Object.fromEntries(artifacts) as unknown as JudgedArtifacts;
}
