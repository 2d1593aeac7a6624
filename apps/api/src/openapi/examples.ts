import { predictRows } from "@gillnet/model-bundle";
import type { FeatureProfile } from "@gillnet/model-bundle";
import { PREDICTED_COLUMN, PROBABILITY_COLUMN } from "../csv/csv-header.ts";
import { csvLines } from "../csv/csv-lines.ts";
import { PredictionSummary } from "../prediction-summary.ts";
import type { PublishedVersion } from "../published-version.ts";
import { predictionAnswer } from "../row-prediction.ts";

type Cell = string | number | null;

/** Requests that the live version takes, and what it answers to them. */
export interface PredictionExamples {
  readonly request: unknown;
  readonly answer: unknown;
  readonly uploadAnswer: unknown;
  readonly csvAnswer: string;
}

/**
 * Two rows as the training rows were, the commonest value of each column and another common one, with
 * the model's own predictions.
 */
export function predictionExamples(live: PublishedVersion): PredictionExamples {
  const { bundle, name, version } = live;
  const columns = bundle.features.map((feature) => feature.name);
  const rows = [0, 1].map((rank) => bundle.profile.map((profile) => commonValue(profile, rank)));
  const records = rows.map((row) =>
    Object.fromEntries(columns.map((column, index) => [column, row[index] as Cell])),
  );
  const predicted = predictRows(bundle, records);
  const predictions = predicted.map((prediction, index) => predictionAnswer(prediction, index + 1));
  const summary = new PredictionSummary(bundle.classes.positive);
  summary.add(predicted);
  const model = { name, version };
  return {
    request: { rows: records },
    answer: { model, predictions },
    uploadAnswer: { model, summary: summary.sentence, predictions },
    csvAnswer: csvLines([
      [...columns, PREDICTED_COLUMN, PROBABILITY_COLUMN],
      ...predictions.map(({ label, probability }, index) =>
        (rows[index] as Cell[]).concat(label, probability),
      ),
    ]),
  };
}

/** The value of this rank by frequency; of many numbers the median (rank 0) or the upper quartile. */
function commonValue(profile: FeatureProfile, rank: number): Cell {
  if (profile.kind === "numeric" && profile.values === null) {
    return profile.quantiles?.[rank === 0 ? 10 : 15] ?? null;
  }
  const byCount = [...(profile.values ?? [])].sort((a, b) => b.count - a.count);
  return (byCount[rank] ?? byCount[0])?.value ?? null;
}
