import type { RequestHandler } from "express";
import { apiError } from "../errors.ts";
import type { LiveBundle } from "../live-bundle.ts";

/** GET /api/v1/model: what the live version is, reads and says. A warning comes first. */
export function modelRoute(live: LiveBundle): RequestHandler {
  return (_request, response) => {
    const { bundle, hash, manifest, name, version, warning } = live.require();
    response.json({
      ...(warning === undefined ? {} : { warning }),
      name,
      version,
      bundleHash: hash,
      threshold: bundle.threshold,
      classes: bundle.classes,
      features: bundle.features,
      missingMarkers: bundle.missingMarkers,
      manifest,
    });
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
