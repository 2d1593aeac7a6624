import type { RequestHandler } from "express";
import type { LiveBundle } from "../live-bundle.ts";

/** GET /livez: the process answers. */
export const livezRoute: RequestHandler = (_request, response) => {
  response.json({ status: "live" });
};

/**
 * GET /readyz: 200 when predictions can be made, else 503 API_NO_MODEL. `problem` says why a newer version
 * is not served, `warning` that the model was trained on made-up rows.
 */
export function readyzRoute(live: LiveBundle): RequestHandler {
  return (_request, response) => {
    const { name, version, warning } = live.require();
    response.json({
      status: "ready",
      model: { name, version },
      ...(warning === undefined ? {} : { warning }),
      ...(live.problem === null ? {} : { problem: live.problem }),
    });
  };
}
