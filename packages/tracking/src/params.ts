/** Where runs are recorded besides their own folder: the `tracking` part of pipeline.yaml. */
export interface TrackingParams {
  readonly uri: string | null;
  readonly experiment: string | null;
  readonly register: string | null;
}

export const trackingParamsSchema = {
  type: "object",
  description: "Where runs are recorded besides artifacts/",
  additionalProperties: false,
  default: {},
  properties: {
    uri: {
      type: ["string", "null"],
      minLength: 1,
      default: null,
      description: "Address of an MLflow server; null records locally only",
    },
    experiment: {
      type: ["string", "null"],
      minLength: 1,
      maxLength: 500,
      default: null,
      description: "The experiment that runs belong to; null: the pipeline's name",
    },
    register: {
      type: ["string", "null"],
      pattern: "^[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,199}$",
      $comment:
        "up to 200 letters, digits, spaces, dots, hyphens and underscores that begin with a letter or digit",
      default: null,
      description: "The registered model that published bundles become versions of; null: none",
    },
  },
} as const;
