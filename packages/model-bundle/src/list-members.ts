import type { Bundle, FittedInputs, Model } from "./bundle.ts";

/** The header's members of a bundle. */
export function bundleMembers(bundle: Bundle): Record<string, unknown> {
  const { model, calibration, threshold } = bundle;
  return {
    ...inputMembers(bundle),
    model: modelMember(model),
    calibration: { kind: calibration.kind },
    threshold,
  };
}

function modelMember(model: Model): Record<string, unknown> {
  const { kind } = model;
  if (kind === "forest") return { kind };
  if (kind === "boosting") return { kind, initial: model.initial, scale: model.scale };
  if (kind === "logistic") return { kind, intercept: model.intercept };
  if (kind === "network") return { kind, layers: model.layers.length };
  const members = model.members.map(modelMember);
  return kind === "average" ? { kind, members } : { kind, intercept: model.intercept, members };
}

/** The header's members of fitted inputs, named one by one: what else an object carries stays out of the file. */
export function inputMembers(inputs: FittedInputs): Record<string, unknown> {
  const { imputer } = inputs.preprocessor;
  const { negative, positive } = inputs.classes;
  return {
    features: inputs.features.map((feature) =>
      feature.kind === "numeric"
        ? {
            kind: feature.kind,
            name: feature.name,
            values: feature.values,
            minimum: feature.minimum,
            maximum: feature.maximum,
          }
        : {
            kind: feature.kind,
            name: feature.name,
            categories: feature.categories,
            values: feature.values,
          },
    ),
    missingMarkers: inputs.missingMarkers,
    classes: {
      negative: { name: negative.name, label: negative.label },
      positive: { name: positive.name, label: positive.label },
    },
    preprocessor: {
      imputer:
        imputer.kind === "none"
          ? { kind: imputer.kind }
          : { kind: imputer.kind, neighbors: imputer.neighbors, weights: imputer.weights },
    },
    profile: inputs.profile.map((column) => {
      const { kind, name, count, missing } = column;
      if (kind === "categorical") {
        const values = column.values.map(({ value, count }) => ({ value, count }));
        return { kind, name, count, missing, values };
      }
      const { minimum, maximum, mean, quantiles } = column;
      const values = column.values?.map(({ value, count }) => ({ value, count })) ?? null;
      return { kind, name, count, missing, minimum, maximum, mean, values, quantiles };
    }),
  };
}
