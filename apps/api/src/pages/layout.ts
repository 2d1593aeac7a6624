import type { PublishedVersion } from "../published-version.ts";
import { html, rawHtml } from "./html.ts";
import type { Html } from "./html.ts";
import { modelFigure } from "./model-figure.ts";
import { STYLE } from "./style.ts";

/** A net, as the tab's icon: inline, so that no request is made for it. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M2 2l12 12M8 2l6 6M2 8l6 6M14 2L2 14M8 2L2 8M14 8l-6 6' stroke='%230d9488' stroke-width='1.5'/%3E%3C/svg%3E";

/** A whole page: head, the model's name and figure and a synthetic one's banner where the model is known, and `content`. */
export function layout(
  title: string,
  model: PublishedVersion | null,
  content: Html,
  width: "narrow" | "wide" = "narrow",
): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Gillnet</title>
        <link rel="icon" href="${rawHtml(ICON)}" />
        ${rawHtml(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <div class="page ${width}">
          <header>
            <a class="brand" href="/">Gillnet</a>
            ${
              model !== null &&
              html`<p class="model">
                <a href="/api/v1/model">${model.name}, version ${model.version}</a>:
                ${modelFigure(model.manifest)}
              </p>`
            }
          </header>
          ${
            model?.warning !== undefined &&
            html`<div class="banner" role="note">
              <p><strong>⚠ Warning.</strong> ${model.warning}</p>
            </div>`
          }
          <main>${content}</main>
        </div>
      </body>
    </html>`;
}
