/** Which of the grid's combinations are tried. */
export interface SearchParams {
  readonly kind: "grid" | "random" | "halving";
  /** How many are drawn; `grid` tries all. */
  readonly candidates: number;
  readonly factor: number;
  /** Seconds; null for no limit. */
  readonly time_budget: number | null;
}

/** How the best candidates are combined to one model more. */
export interface EnsembleParams {
  readonly kind: "none" | "average" | "stacking";
  /** At most; null for one of each family. */
  readonly members: number | null;
}

type Schema = Readonly<Record<string, unknown>>;

/** JSON Schema of {@link SearchParams}. */
export const searchSchema: Schema = {
  type: "object",
  description: "Which of the combinations of the families' settings are tried",
  additionalProperties: false,
  default: {},
  properties: {
    kind: {
      type: "string",
      enum: ["grid", "random", "halving"],
      default: "grid",
      description:
        "All of them; some drawn at random; or those on few rows first, and the better ones on ever more (successive halving)",
    },
    candidates: {
      type: "integer",
      minimum: 1,
      maximum: 100_000,
      default: 50,
      description: "How many a random or halving search draws, all families together",
    },
    factor: {
      type: "integer",
      minimum: 2,
      maximum: 10,
      default: 3,
      description:
        "A halving search keeps one in so many each round, and gives the next round so many times the rows",
    },
    time_budget: {
      type: ["number", "null"],
      exclusiveMinimum: 0,
      default: null,
      description:
        "Seconds after which the search starts no further fit; null for no limit. With one the model depends on the machine's speed. The ensemble and the last fit on all rows come after it",
    },
  },
};

/** JSON Schema of {@link EnsembleParams}. */
export const ensembleSchema: Schema = {
  type: "object",
  description:
    "Combines the best candidate of each family to a candidate more, which is chosen if it is better than each alone",
  additionalProperties: false,
  default: {},
  properties: {
    kind: {
      type: "string",
      enum: ["none", "average", "stacking"],
      default: "none",
      description:
        "A weighted mean of probabilities, or a logistic regression on their log-odds; both fitted to predictions of rows that the members have not seen",
    },
    members: {
      type: ["integer", "null"],
      minimum: 2,
      maximum: 100,
      default: null,
      description: "Most families that take part, the best ones; null for all",
    },
  },
};
