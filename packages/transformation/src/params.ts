/** What the KNN imputer takes from its neighbours, and how many there are to choose from. */
export interface KnnParams {
  readonly neighbors: number;
  readonly weights: "uniform" | "distance";
  /** null: every distinct training row. */
  readonly maximum_donors: number | null;
}

export interface TransformationParams {
  readonly imputer: "knn" | "none";
  readonly knn: KnnParams;
}

/** JSON Schema of {@link TransformationParams}; the defaults live here and nowhere else. */
export const transformationParamsSchema = {
  type: "object",
  description: "How missing cells are filled before training and before every prediction",
  additionalProperties: false,
  default: {},
  properties: {
    imputer: {
      type: "string",
      enum: ["knn", "none"],
      default: "knn",
      description:
        "knn fills missing numeric cells from the nearest training rows; none leaves them to the model",
    },
    knn: {
      type: "object",
      description: "Settings of the knn imputer; scikit-learn's KNNImputer gives the same values",
      additionalProperties: false,
      default: {},
      properties: {
        neighbors: {
          type: "integer",
          minimum: 1,
          maximum: 1000,
          default: 3,
          description: "How many of the nearest training rows that have the column are averaged",
        },
        weights: {
          type: "string",
          enum: ["uniform", "distance"],
          default: "uniform",
          description:
            "uniform: all neighbours count alike; distance: each counts by the inverse of its distance",
        },
        maximum_donors: {
          type: ["integer", "null"],
          minimum: 1,
          default: 20000,
          description:
            "Most distinct training rows that are kept to look for neighbours in, drawn by the seed; null keeps all",
        },
      },
    },
  },
} as const;
