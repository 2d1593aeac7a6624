import type { InputFeature } from "@gillnet/model-bundle";

import { MAX_VALUE_BINS } from "../engine/dtypes.ts";

/** Which columns trees see in part alone, as sentences for people: those of more categories than bins. */
export function binningNotes(features: readonly InputFeature[]): readonly string[] {
  return features.flatMap((feature) =>
    feature.kind === "categorical" && feature.categories.length > MAX_VALUE_BINS
      ? [
          `'${feature.name}' has ${feature.categories.length} categories: trees tell the ${MAX_VALUE_BINS - 1} most frequent apart and take the others as one`,
        ]
      : [],
  );
}
