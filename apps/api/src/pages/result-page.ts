import type { CsvHeader } from "../csv/csv-header.ts";
import { PREDICTED_COLUMN, PROBABILITY_COLUMN } from "../csv/csv-header.ts";
import type { ScoredRows } from "../csv/score-csv.ts";
import type { ApiLimits } from "../limits.ts";
import { count } from "../prediction-summary.ts";
import type { PredictionSummary } from "../prediction-summary.ts";
import type { PublishedVersion } from "../published-version.ts";
import type { ApiPrediction } from "../row-prediction.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import { layout } from "./layout.ts";

/** Characters of a cell that the table shows; the CSV has them all. */
const SHOWN_CHARACTERS = 200;

interface ShownRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly prediction: ApiPrediction;
}

/** The answer to an upload as a page. Takes rows as they are scored and keeps the first that it will show. */
export class ResultPage {
  readonly #model: PublishedVersion;
  readonly #header: CsvHeader;
  readonly #room: number;
  readonly #rows: ShownRow[] = [];

  constructor(model: PublishedVersion, header: CsvHeader, limits: ApiLimits) {
    this.#model = model;
    this.#header = header;
    const byWidth = Math.floor(limits.pageCells / header.answerColumns.length);
    this.#room = Math.max(1, Math.min(limits.pageRows, byWidth));
  }

  add(scored: ScoredRows): void {
    for (const [index, cells] of scored.cells.entries()) {
      if (this.#rows.length === this.#room) return;
      const prediction = scored.predictions[index] as ApiPrediction;
      this.#rows.push({ row: scored.firstRow + index, cells, prediction });
    }
  }

  /** The page, as text. */
  render(fileName: string, summary: PredictionSummary): string {
    const { rows } = summary.counts;
    const shown = this.#rows.length;
    // The column is there when any row of the file has something to say in it.
    const { attention } = summary;
    const looks = attention !== undefined;
    const columns = this.#header.answerColumns.slice(0, -2);
    return layout(
      summary.verdict,
      this.#model,
      html`
        <h1>${summary.verdict}${looks ? html`; <span>${attention}.</span>` : "."}</h1>
        <p class="note">
          ${fileName}.
          ${shown < rows && html`The table shows the first ${count(shown)} of ${count(rows)} rows.`}
          For the rows as a file, <a href="/">go back</a> and choose “Download as CSV”, or ask with
          <code>Accept: text/csv</code>.
        </p>
        <div class="scroll" role="region" aria-label="Rows with their predictions" tabindex="0">
          <table>
            <thead>
              <tr>
                <th scope="col" class="number">Row</th>
                <th scope="col">${PREDICTED_COLUMN}</th>
                <th scope="col" class="number">${PROBABILITY_COLUMN}</th>
                ${looks && html`<th scope="col">Needs a look</th>`}
                ${columns.map((column) => html`<th scope="col">${cut(column)}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${this.#rows.map((row) => this.#row(row, looks))}
            </tbody>
          </table>
        </div>
      `,
      "wide",
    ).text;
  }

  #row({ row, cells, prediction }: ShownRow, looks: boolean): Html {
    const { probability, problems } = prediction;
    const look = problems.map((problem) => problem.message).join(". ");
    return html`<tr>
      <td class="number">${row}</td>
      ${this.#verdict(prediction)}
      <td class="number">${probability === null ? "–" : probability.toFixed(4)}</td>
      ${looks && html`<td class="look">${cut(look)}</td>`}
      ${cells.map((cell) => html`<td>${cut(cell)}</td>`)}
    </tr> `;
  }

  /** The class by mark and word besides its colour. */
  #verdict({ label, verdict }: ApiPrediction): Html {
    if (label === null) return html`<td class="nothing">– no prediction</td>`;
    return label === this.#model.bundle.classes.positive.label
      ? html`<td class="positive">▲ ${label} ${verdict}</td>`
      : html`<td class="negative">● ${label} ${verdict}</td>`;
  }
}

function cut(text: string): string {
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS - 1)}…`;
}
