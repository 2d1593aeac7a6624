import type { RequestHandler } from "express";
import { apiError } from "../errors.ts";
import type { ApiLimits } from "../limits.ts";
import type { LiveBundle } from "../live-bundle.ts";
import type { PublishedVersion } from "../published-version.ts";

/** What GET /api/v1/model says of a version. A warning comes first. */
export function modelAnswer(
  model: PublishedVersion,
  limits: ApiLimits,
): Readonly<Record<string, unknown>> {
  const { bundle, hash, manifest, name, version, warning } = model;
  return {
    ...(warning === undefined ? {} : { warning }),
    name,
    version,
    bundleHash: hash,
    threshold: bundle.threshold,
    classes: bundle.classes,
    features: bundle.features,
    missingMarkers: bundle.missingMarkers,
    limits: { uploadBytes: limits.uploadBytes, csvRows: limits.csvRows },
    manifest,
  };
}

/** GET /api/v1/model: what the live version is, reads and says. */
export function modelRoute(live: LiveBundle, limits: ApiLimits): RequestHandler {
  return (_request, response) => {
    response.json(modelAnswer(live.require(), limits));
  };
}

/** GET /sample.csv: rows that the live version can predict, as it was published. */
export function sampleRoute(live: LiveBundle): RequestHandler {
  return (_request, response) => {
    const { sample, version } = live.require();
    if (sample === null) throw apiError("API_NO_SAMPLE", `Version ${version} has no sample.csv`);
    response
      .type("csv")
      .set("Content-Disposition", 'attachment; filename="sample.csv"')
      .send(sample);
  };
}
