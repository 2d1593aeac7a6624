import type { RequestHandler } from "express";
import swaggerFolder from "swagger-ui-dist/absolute-path.js";
import { apiError } from "../errors.ts";
import type { ApiLimits } from "../limits.ts";
import type { LiveBundle } from "../live-bundle.ts";
import { describeApi } from "../openapi/describe-api.ts";
import { DOCS_INITIALIZER, DOCS_PAGE, DOCS_STYLE } from "../pages/docs-page.ts";
import type { PublishedVersion } from "../published-version.ts";

/** The files of swagger-ui-dist that the page needs; the package holds others. */
const SWAGGER_FILES: ReadonlySet<string> = new Set(["swagger-ui-bundle.js", "swagger-ui.css"]);

/** The page runs Swagger UI and its own initialiser from files, shows icons out of style sheets, and asks this server. */
const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join(";");

/** GET /openapi.json: the API as it is with the live version. */
export function openapiRoute(live: LiveBundle, limits: ApiLimits): RequestHandler {
  let described: PublishedVersion | null | undefined;
  let text = "";
  return (_request, response) => {
    const { current } = live;
    if (current !== described) {
      text = JSON.stringify(describeApi(current, limits));
      described = current;
    }
    response.type("json").send(text);
  };
}

/** GET /docs: the page that shows it. */
export const docsPageRoute: RequestHandler = (_request, response) => {
  response.set("Content-Security-Policy", DOCS_POLICY).type("html").send(DOCS_PAGE);
};

/** GET /docs/{file}: what that page loads. */
export const docsFileRoute: RequestHandler<{ file: string }> = (request, response, next) => {
  const { file } = request.params;
  if (file === "docs.css") response.type("css").send(DOCS_STYLE);
  else if (file === "initializer.js") response.type("js").send(DOCS_INITIALIZER);
  else if (SWAGGER_FILES.has(file)) {
    // Folders above it may begin with a dot (.pnpm); the name itself is one of two.
    response.sendFile(file, { root: swaggerFolder(), dotfiles: "allow" }, (error?: Error) => {
      if (error !== undefined) next(error);
    });
  } else throw apiError("API_NOT_FOUND", `There is no file ${file.slice(0, 80)} here`);
};
