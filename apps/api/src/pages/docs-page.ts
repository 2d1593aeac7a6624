import { html } from "./html.ts";

/** GET /docs. Everything that it loads is served by this server. */
export const DOCS_PAGE: string = html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>The API · Gillnet</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href="/docs/swagger-ui.css" />
      <link rel="stylesheet" href="/docs/docs.css" />
    </head>
    <body>
      <header><a href="/">Gillnet</a> <a href="/openapi.json">openapi.json</a></header>
      <main id="api"></main>
      <noscript>
        <p>This page needs JavaScript. <a href="/openapi.json">/openapi.json</a> does not.</p>
      </noscript>
      <script src="/docs/swagger-ui-bundle.js"></script>
      <script src="/docs/initializer.js"></script>
    </body>
  </html>`.text;

/** Follows the system's light or dark, and starts Swagger UI: without a validator elsewhere, or a token kept. */
export const DOCS_INITIALIZER = `const dark = matchMedia("(prefers-color-scheme: dark)");
const followSystem = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", followSystem);
followSystem();
SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  persistAuthorization: false,
  validatorUrl: null,
});
`;

/** The frame around Swagger UI, whose own sheet knows html.dark-mode. */
export const DOCS_STYLE = `
:root { color-scheme: light; --text: #0f172a; --accent: #0f766e; }
:root.dark-mode { color-scheme: dark; --text: #e2e8f0; --accent: #2dd4bf; }
body { margin: 0; color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
header {
  display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: baseline; box-sizing: border-box;
  max-width: 1460px; margin: 0 auto; padding: 16px 20px;
}
header a { color: var(--accent); }
header a:first-child { color: var(--text); font-size: 1.25rem; font-weight: 700; text-decoration: none; }
noscript p { padding: 0 20px; }
a:focus-visible, button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;
