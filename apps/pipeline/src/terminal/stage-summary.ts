import { countOf } from "@gillnet/entity";
import type {
  ClassificationScores,
  IngestionArtifact,
  Severity,
  SplitDescription,
  TrainerArtifact,
  TransformationArtifact,
  ValidationArtifact,
} from "@gillnet/entity";
import type { StageArtifact } from "../run/pipeline-stage.ts";
import { ensembleParts } from "./ensemble-parts.ts";
import { formatEstimate, formatPercent } from "./format.ts";

/** What a stage did, as the one line that a run shows of it. */
export function summarizeStage(artifact: StageArtifact): string {
  if (artifact.stage === "ingestion") return summarizeIngestion(artifact);
  if (artifact.stage === "validation") return summarizeValidation(artifact);
  if (artifact.stage === "transformation") return summarizeTransformation(artifact);
  return summarizeTrainer(artifact);
}

/** How good the model is, on what: the sentence that everything else leads to. */
export function summarizeVerdict(trainer: TrainerArtifact, ingestion: IngestionArtifact): string {
  const { metric } = trainer.selection;
  const accuracy = formatEstimate(trainer.test.intervals.accuracy);
  return (
    `${describeModel(trainer)}, ${formatName(metric)} ${formatScore(metric, trainer.test.scores)}; ` +
    `accuracy ${accuracy} on ${describeTestRows(ingestion)}`
  );
}

/**
 * The same model's accuracy over folds dealt the honest way and at random, so that nobody has to guess what
 * a random split would have claimed; undefined when the folds were random anyway.
 */
export function compareFolds({
  selection,
  crossValidation,
  randomCrossValidation,
}: TrainerArtifact): string | undefined {
  const { folds, by } = selection;
  if (by === "random") return undefined;
  const kept = by === "vector" ? "equal vectors" : "each group";
  return (
    `accuracy ${formatPercent(crossValidation.accuracy)} over ${folds} folds that keep ${kept} together; ` +
    `${formatPercent(randomCrossValidation.accuracy)} over random folds, which let a model meet rows again`
  );
}

/** The test rows and how fair a test they are. */
export function describeTestRows({ split, source }: IngestionArtifact): string {
  const madeUp = source.synthetic ? "made-up " : "";
  const rows = countOf(split.testRows, `${madeUp}row`);
  if (split.by !== "random") {
    return `${rows} whose ${split.by === "vector" ? "vectors" : "groups"} were never seen in training`;
  }
  if (split.leakedTestRows === 0) return `${rows} dealt at random`;
  const copies = countOf(split.leakedTestRows, "of them has a copy", "of them have copies");
  return `${rows} dealt at random: ${copies} in the training part, which flatters`;
}

/** "random forest", "average of random forest and gradient boosting". */
export function describeModel({ family, params }: TrainerArtifact): string {
  const members = ensembleParts(params).map((part) => formatName(part.family));
  if (members.length === 0) return formatName(family);
  const list = `${members.slice(0, -1).join(", ")} and ${members.at(-1)}`;
  return `${family === "average" ? "average" : "stack"} of ${list}`;
}

/** "random_forest" -> "random forest". */
export function formatName(name: string): string {
  return name.replaceAll("_", " ");
}

function summarizeIngestion({ rows, rejectedRows, source, split }: IngestionArtifact): string {
  const rejected = rejectedRows === 0 ? "" : `; ${countOf(rejectedRows, "row")} set aside`;
  return (
    `${countOf(rows, "row")} from ${source.name}${rejected}; ` +
    `${split.trainRows.toLocaleString("en-US")} train, ${split.testRows.toLocaleString("en-US")} test, ` +
    describeSplit(split)
  );
}

function describeSplit({ by }: SplitDescription): string {
  return by === "random" ? "dealt at random" : `grouped by ${by}`;
}

function summarizeValidation({ findings }: ValidationArtifact): string {
  const severities: readonly Severity[] = ["error", "warning", "note"];
  const counts = severities
    .map((severity) => [severity, findings.filter((f) => f.severity === severity)] as const)
    .filter(([, found]) => found.length > 0);
  const worst = counts[0]?.[1][0];
  if (worst === undefined) return "nothing to remark";
  return `${counts.map(([severity, found]) => countOf(found.length, severity)).join(", ")}: ${worst.message}`;
}

function summarizeTransformation({ features, imputedCells }: TransformationArtifact): string {
  const filled = imputedCells.train + imputedCells.test;
  const imputed =
    filled === 0 ? "no cell had to be filled" : `${countOf(filled, "missing cell")} filled`;
  return `${countOf(features.length, "feature")}; ${imputed}`;
}

function summarizeTrainer(trainer: TrainerArtifact): string {
  const { leaderboard, selection, crossValidation } = trainer;
  const { metric, folds } = selection;
  return (
    `${describeModel(trainer)}, best of ${countOf(leaderboard.length, "candidate")}: ` +
    `${formatName(metric)} ${formatScore(metric, crossValidation)} over ${folds} folds`
  );
}

/** The score that `metric` (in snake case, as in pipeline.yaml) names; empty when there is none. */
function formatScore(metric: string, scores: ClassificationScores): string {
  const name = metric.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
  const score = (scores as unknown as Readonly<Record<string, number | undefined>>)[name];
  return score === undefined ? "" : score.toFixed(3);
}
