import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { RequestHandler, Response } from "express";
import type { CsvHeader } from "../csv/csv-header.ts";
import { csvLines } from "../csv/csv-lines.ts";
import { csvText } from "../csv/csv-text.ts";
import { scoreCsv } from "../csv/score-csv.ts";
import type { ScoredRows } from "../csv/score-csv.ts";
import { apiError } from "../errors.ts";
import type { ApiLimits } from "../limits.ts";
import type { LiveBundle } from "../live-bundle.ts";
import type { ApiLogger } from "../logger.ts";
import { ResultPage } from "../pages/result-page.ts";
import { PredictionSummary } from "../prediction-summary.ts";
import type { PublishedVersion } from "../published-version.ts";
import { clientSignal, requestId } from "../request-context.ts";
import type { ApiPrediction } from "../row-prediction.ts";
import { predictionAnswer } from "../row-prediction.ts";
import { saveOutput } from "../save-output.ts";

const FORMS = ["html", "csv", "json"] as const;
type Form = (typeof FORMS)[number];

export interface PredictCsvOptions {
  readonly live: LiveBundle;
  readonly limits: ApiLimits;
  readonly outputFolder: string | null;
  readonly logger: ApiLogger;
}

/**
 * POST /predict, after the upload was read: predicts the rows of the file, saves them as
 * prediction_output/output.csv and answers as a page, CSV or JSON. Nothing is sent before the last row is
 * predicted, so an error in the file's last line is still a clean error.
 */
export function predictCsv({
  live,
  limits,
  outputFolder,
  logger,
}: PredictCsvOptions): RequestHandler {
  return async (request, response) => {
    const form = answerForm(request.query["format"], request.accepts("html", "csv", "json"));
    const model = live.require();
    const { buffer, originalname } = request.file as Express.Multer.File;
    const signal = clientSignal(response);
    const { header, scored } = scoreCsv(csvText(buffer), model.bundle, limits, signal);

    const summary = new PredictionSummary(model.bundle.classes.positive);
    const csv = new CsvAnswer(header);
    const page = form === "html" ? new ResultPage(model, header, limits) : undefined;
    const json: string[] = [];
    for await (const rows of scored) {
      summary.add(rows.predictions);
      csv.add(rows);
      page?.add(rows);
      if (form === "json") json.push(jsonRows(rows));
    }

    if (outputFolder !== null) {
      // Who asked gets the predictions though the disk be full or read-only.
      await saveOutput(outputFolder, csv.chunks).catch((error: unknown) =>
        logger.warn("The predictions could not be saved", {
          event: "output.failed",
          requestId: requestId(response),
          cause: String(error),
        }),
      );
    }
    sendHeaders(response, model, summary);
    if (form === "csv") await sendCsv(response, csv.chunks);
    else if (page !== undefined) response.type("html").send(page.render(originalname, summary));
    else response.type("json").send(jsonAnswer(model, summary, json));
  };
}

/** The form named by `?format=` (the page's second button), else the best that Accept allows; the page for any. */
function answerForm(format: unknown, accepted: string | false): Form {
  const form = format ?? accepted;
  if (FORMS.includes(form as Form)) return form as Form;
  throw apiError(
    "API_NOT_ACCEPTABLE",
    "Predictions come as text/html, text/csv or application/json",
  );
}

/** The file's columns with the two appended, as the chunks of a CSV file. */
class CsvAnswer {
  readonly chunks: Buffer[] = [];

  constructor(header: CsvHeader) {
    this.#push([header.answerColumns]);
  }

  add({ cells, predictions }: ScoredRows): void {
    this.#push(
      cells.map((row, index) => {
        const { label, probability } = predictions[index] as ApiPrediction;
        return [...row, label, probability];
      }),
    );
  }

  #push(rows: readonly (readonly (string | number | null)[])[]): void {
    this.chunks.push(Buffer.from(csvLines(rows)));
  }
}

function jsonRows({ firstRow, predictions }: ScoredRows): string {
  return predictions
    .map((prediction, index) => JSON.stringify(predictionAnswer(prediction, firstRow + index)))
    .join(",");
}

function jsonAnswer(model: PublishedVersion, summary: PredictionSummary, rows: string[]): string {
  const name = JSON.stringify({ name: model.name, version: model.version });
  return `{"model":${name},"summary":${JSON.stringify(summary.sentence)},"predictions":[${rows.join(",")}]}`;
}

/** What a CSV has no place for. */
function sendHeaders(
  response: Response,
  model: PublishedVersion,
  summary: PredictionSummary,
): void {
  const { rows, flagged, unpredicted } = summary.counts;
  response.set({
    "Gillnet-Model-Version": String(model.version),
    "Gillnet-Rows": String(rows),
    "Gillnet-Rows-Flagged": String(flagged),
    "Gillnet-Rows-Unpredicted": String(unpredicted),
  });
}

async function sendCsv(response: Response, chunks: readonly Buffer[]): Promise<void> {
  response.type("csv").set({
    "Content-Disposition": 'attachment; filename="output.csv"',
    "Content-Length": String(chunks.reduce((sum, chunk) => sum + chunk.length, 0)),
  });
  await pipeline(Readable.from(chunks), response);
}
