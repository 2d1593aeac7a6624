import type { ApiPrediction, RowProblem } from "./row-prediction.ts";

/** Reasons that the sentence names. */
const NAMED_REASONS = 3;

/** Counts over the rows of one request. */
export interface PredictionCounts {
  readonly rows: number;
  readonly positive: number;
  /** Rows with a problem, fatal or not. */
  readonly flagged: number;
  /** Rows without a prediction. */
  readonly unpredicted: number;
}

/** Counts predictions as they come, and says the result as a sentence. */
export class PredictionSummary {
  readonly #positiveClass: { readonly name: string; readonly label: string | number };
  readonly #reasons = new Map<string, number>();
  #rows = 0;
  #positive = 0;
  #flagged = 0;
  #unpredicted = 0;

  constructor(positiveClass: { readonly name: string; readonly label: string | number }) {
    this.#positiveClass = positiveClass;
  }

  add(predictions: readonly ApiPrediction[]): void {
    for (const { label, problems } of predictions) {
      this.#rows++;
      if (label === null) this.#unpredicted++;
      else if (label === this.#positiveClass.label) this.#positive++;
      if (problems.length === 0) continue;
      this.#flagged++;
      for (const reason of new Set(problems.map(reasonOf))) {
        this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1);
      }
    }
  }

  get counts(): PredictionCounts {
    return {
      rows: this.#rows,
      positive: this.#positive,
      flagged: this.#flagged,
      unpredicted: this.#unpredicted,
    };
  }

  /** "37 of 200 rows look like phishing". */
  get verdict(): string {
    const rows = counted(this.#rows, "row");
    const look = this.#positive === 1 ? "looks" : "look";
    return `${count(this.#positive)} of ${rows} ${look} like ${this.#positiveClass.name}`;
  }

  /** "4 rows need a look: missing 'SSLfinal_State'", or undefined when no row has a problem. */
  get attention(): string | undefined {
    if (this.#flagged === 0) return undefined;
    const reasons = [...this.#reasons].sort((a, b) => b[1] - a[1]).map(([reason]) => reason);
    const named = reasons.slice(0, NAMED_REASONS);
    if (reasons.length > NAMED_REASONS) {
      named.push(`${counted(reasons.length - NAMED_REASONS, "more kind")} of problem`);
    }
    const need = `${counted(this.#flagged, "row")} ${this.#flagged === 1 ? "needs" : "need"} a look`;
    const without =
      this.#unpredicted === 0 ? "" : `, ${count(this.#unpredicted)} without a prediction`;
    return `${need}${without}: ${named.join(", ")}`;
  }

  /** Both in one sentence, without a full stop. */
  get sentence(): string {
    return this.attention === undefined ? this.verdict : `${this.verdict}; ${this.attention}`;
  }
}

function counted(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** A number for people: 11,055. */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** What the sentence says of a problem, before the column. */
const REASONS: Readonly<Record<RowProblem["code"], string>> = {
  MISSING: "missing",
  UNKNOWN_CATEGORY: "unknown category in",
  NOT_A_NUMBER: "not a number in",
  VALUE_NOT_ALLOWED: "value not allowed in",
  OUT_OF_RANGE: "out of range in",
  CELL_COUNT: "wrong number of cells",
};

function reasonOf({ code, column }: RowProblem): string {
  if (column !== "") return `${REASONS[code]} '${column}'`;
  return code === "MISSING" ? "none of the model's columns" : REASONS[code];
}
