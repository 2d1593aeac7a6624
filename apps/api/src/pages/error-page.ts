import type { ErrorBody } from "../errors.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import { layout } from "./layout.ts";

/** What went wrong with an upload, for a browser. */
export function errorPage(status: number, { error }: ErrorBody): Html {
  return layout(
    "No prediction was made",
    null,
    html`
      <h1>No prediction was made</h1>
      <p>${error.message}.</p>
      <p>${error.hint}</p>
      <p><a href="/">Give another file</a></p>
      <p class="note">${status}, <code>${error.code}</code></p>
    `,
  );
}
