import type { ApiLimits } from "../limits.ts";
import { count } from "../prediction-summary.ts";
import type { PublishedVersion } from "../published-version.ts";
import { UPLOAD_FIELD } from "../upload.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import { layout } from "./layout.ts";

/** GET /: give a CSV, see the table or download it. `origin` is where the browser reached the server. */
export function homePage(model: PublishedVersion, limits: ApiLimits, origin: string): Html {
  const { features, classes } = model.bundle;
  const content = html`
    <h1>Which rows look like ${classes.positive.name}?</h1>
    <p>
      Give a CSV file with a header and the model's ${features.length} columns. Each row comes back
      with <code>predicted_column</code> (${classes.positive.label} is ${classes.positive.name},
      ${classes.negative.label} is ${classes.negative.name}) and the <code>probability</code> of
      ${classes.positive.name}. Other columns may be there, and are kept.
    </p>
    <form class="drop" action="/predict" method="post" enctype="multipart/form-data">
      <label for="file"
        >CSV file, up to ${Math.floor(limits.uploadBytes / 1_048_576)} MiB and
        ${count(limits.csvRows)} rows</label
      >
      <input id="file" type="file" name="${UPLOAD_FIELD}" accept=".csv,text/csv" required />
      <div class="actions">
        <button class="first">Show the table</button>
        <button formaction="/predict?format=csv">Download as CSV</button>
      </div>
    </form>
    ${
      model.sample !== null &&
      html`<p>
        No file at hand? <a href="/sample.csv">Download a sample</a> and give it back here.
      </p>`
    }
    <details>
      <summary>The ${features.length} columns</summary>
      <ul class="columns">
        ${features.map((feature) => html`<li><code>${feature.name}</code></li>`)}
      </ul>
    </details>
    <details>
      <summary>From a script</summary>
      <pre><code>curl -F ${UPLOAD_FIELD}=@rows.csv -H 'Accept: text/csv' ${origin}/predict</code></pre>
      <p class="note">
        JSON rows go to <code>POST /api/v1/predictions</code>;
        <a href="/api/v1/model">/api/v1/model</a>
        describes the model.
      </p>
    </details>
  `;
  return layout(`Which rows look like ${classes.positive.name}?`, model, content);
}

/** GET / before anything is published; `remedy` says what to do. */
export function noModelPage(remedy: string): Html {
  return layout(
    "No model yet",
    null,
    html`
      <h1>No model is published yet</h1>
      <p>${remedy}</p>
      <pre><code>pnpm pipeline run</code></pre>
    `,
  );
}
