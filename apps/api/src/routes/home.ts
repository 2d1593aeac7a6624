import type { Request, RequestHandler } from "express";
import { apiErrors } from "../errors.ts";
import type { ApiLimits } from "../limits.ts";
import type { LiveBundle } from "../live-bundle.ts";
import { homePage, noModelPage } from "../pages/home-page.ts";

/** GET /: the page. */
export function homeRoute(live: LiveBundle, limits: ApiLimits): RequestHandler {
  return (request, response) => {
    const model = live.current;
    response.type("html");
    if (model !== null) response.send(homePage(model, limits, originOf(request)).text);
    else response.status(503).send(noModelPage(apiErrors.API_NO_MODEL.remedy).text);
  };
}

/** Where the browser reached the server, for a command to copy; nothing but a plain host goes into it. */
function originOf(request: Request): string {
  const host = request.get("host") ?? "";
  return /^[\w.-]+(:\d+)?$/.test(host) ? `${request.protocol}://${host}` : "http://127.0.0.1:8000";
}
