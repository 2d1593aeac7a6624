import type { InputFeature } from "./bundle.ts";

/** For each input how many 32-bit words hold one bit for each of its categories; 0 for a numeric one. */
export function categoryWordCounts(features: readonly InputFeature[]): Int32Array {
  return Int32Array.from(features, (feature) =>
    feature.kind === "numeric" ? 0 : Math.ceil(feature.categories.length / 32),
  );
}
