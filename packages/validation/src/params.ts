/** When the test part counts as drifted from the training part. */
export interface DriftParams {
  readonly alpha: number;
  readonly minimum_effect: number;
  readonly fail: boolean;
}

/** What a table must hold to be trained on, and from where on something is worth a warning. */
export interface ValidationParams {
  readonly minimum_rows: number;
  readonly minimum_class_rows: number;
  readonly minimum_class_share: number;
  readonly maximum_missing_share: number;
  readonly decisive_share: number;
  readonly drift: DriftParams;
}

/** JSON Schema of {@link ValidationParams}; the defaults live here and nowhere else. */
export const validationParamsSchema = {
  type: "object",
  description: "What the table must hold, beyond what its schema says of each cell",
  additionalProperties: false,
  default: {},
  properties: {
    minimum_rows: {
      type: "integer",
      minimum: 1,
      default: 50,
      description: "Fewest rows, train and test together; fewer are an error",
    },
    minimum_class_rows: {
      type: "integer",
      minimum: 1,
      default: 10,
      description: "Fewest rows of either class; fewer are an error",
    },
    minimum_class_share: {
      type: "number",
      minimum: 0,
      maximum: 0.5,
      default: 0.05,
      description: "A class with a smaller share of the rows is a warning",
    },
    maximum_missing_share: {
      type: "number",
      minimum: 0,
      maximum: 1,
      default: 0.9,
      description: "A column with a greater share of missing cells is an error",
    },
    decisive_share: {
      type: "number",
      minimum: 0,
      maximum: 1,
      default: 0.05,
      description:
        "A value that only one class has is a warning if at least this share of the rows has it",
    },
    drift: {
      type: "object",
      description: "When a column of the test part counts as drifted from the training part",
      additionalProperties: false,
      default: {},
      properties: {
        alpha: {
          type: "number",
          minimum: 0,
          maximum: 1,
          default: 0.05,
          description:
            "Accepted chance of an alarm, over all columns, when train and test are alike (false-discovery rate)",
        },
        minimum_effect: {
          type: "number",
          minimum: 0,
          maximum: 1,
          default: 0.05,
          description:
            "A column counts only if at least this share would have to move for its two distributions to agree",
        },
        fail: {
          type: "boolean",
          default: false,
          description: "Whether drift is an error, which stops the run, rather than a warning",
        },
      },
    },
  },
} as const;
