import type {
  ArtifactHandle,
  IngestionArtifact,
  StageName,
  TrainerArtifact,
  TransformationArtifact,
} from "@gillnet/entity";
import { PipelineError } from "@gillnet/entity";
import type { GateParams } from "../config/pipeline-config.ts";
import { checkBundleAnswers } from "./check-bundle-answers.ts";

/** What a gate said of a model. */
export interface GateVerdict {
  readonly name: "expected_score" | "overfitting_threshold" | "bundle_answers";
  readonly passed: boolean;
  readonly value: number;
  readonly bound: number;
  readonly sentence: string;
}

/** The artifacts that the gates judge. */
export interface JudgedArtifacts {
  readonly ingestion: ArtifactHandle<IngestionArtifact>;
  readonly transformation: ArtifactHandle<TransformationArtifact>;
  readonly trainer: ArtifactHandle<TrainerArtifact>;
}

/** Every gate. The bundle is decoded and asked, as a server would do it. */
export async function judgeModel(
  params: GateParams,
  artifacts: JudgedArtifacts,
): Promise<GateVerdict[]> {
  return [...judgeScores(params, artifacts.trainer.artifact), await checkBundleAnswers(artifacts)];
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
