import type { Bundle, InputFeature } from "@gillnet/model-bundle";
import type { JsonSchema } from "./json-schema.ts";

/** Known categories that a description names; a model may have thousands. */
const NAMED_CATEGORIES = 50;

/**
 * A JSON row of this model: per feature what is predicted as it is. A row outside the schema may still be
 * predicted (text that is a number is read as one); a row inside it always is, unless it names nothing
 * that the model reads. Without a model (null) any object is a row.
 */
export function rowSchema(bundle: Bundle | null): JsonSchema {
  if (bundle === null) {
    return {
      type: "object",
      description: "One row: column names and values. No model is published yet to name them.",
    };
  }
  const { features, missingMarkers } = bundle;
  const markers = missingMarkers.map((marker) => `'${marker}'`).join(", ");
  const readsId = features.some(({ name }) => name === "id");
  return {
    type: "object",
    description:
      "One row of the live model. What is absent, null or empty counts as missing and is filled as in " +
      `training${markers === "" ? "" : `, and so do the texts ${markers}`}. Text that is a number is ` +
      `read as the number. Other members are not looked at${readsId ? "" : ", except id, which comes back with the prediction"}.`,
    properties: {
      ...(readsId ? {} : { id: { description: "Comes back when it is a text or a number." } }),
      ...Object.fromEntries(features.map((feature) => [feature.name, cellSchema(feature)])),
    },
    additionalProperties: true,
  };
}

function cellSchema(feature: InputFeature): JsonSchema {
  if (feature.kind === "numeric") {
    const { values, minimum, maximum } = feature;
    return {
      type: ["number", "null"],
      ...(values === undefined ? {} : { enum: [...values, null] }),
      ...(minimum === undefined ? {} : { minimum }),
      ...(maximum === undefined ? {} : { maximum }),
    };
  }
  const { values, categories } = feature;
  if (values !== undefined) return { type: ["string", "null"], enum: [...values, null] };
  const named = categories.slice(0, NAMED_CATEGORIES);
  const more = categories.length - named.length;
  return {
    type: ["string", "number", "boolean", "null"],
    description:
      `Known from training: ${named.map((name) => `'${name}'`).join(", ")}` +
      `${more > 0 ? ` and ${more} more` : ""}. Any other counts as missing.`,
    examples: named.slice(0, 3),
  };
}
