import express from "express";
import type { Express } from "express";
import helmet from "helmet";
import { errorHandler, methodNotAllowed, notFound } from "./error-handler.ts";
import { defaultLimits } from "./limits.ts";
import type { ApiLimits } from "./limits.ts";
import type { LiveBundle } from "./live-bundle.ts";
import type { ApiLogger } from "./logger.ts";
import { STYLE_SOURCE } from "./pages/style.ts";
import { requestContext } from "./request-context.ts";
import { requireAdmin } from "./require-admin.ts";
import { docsFileRoute, docsPageRoute, openapiRoute } from "./routes/docs.ts";
import { livezRoute, readyzRoute } from "./routes/health.ts";
import { homeRoute } from "./routes/home.ts";
import { modelRoute, sampleRoute } from "./routes/model.ts";
import { predictCsv } from "./routes/predict-csv.ts";
import { predictRowsRoute } from "./routes/predict-rows.ts";
import { trainRoutes } from "./routes/train.ts";
import type { Training } from "./training/create-training.ts";
import { admitUploads, readUpload } from "./upload.ts";
import { webAssets, webPage } from "./web-page.ts";

/** A request for a run is a few settings. */
const TRAINING_BODY_BYTES = 262_144;

export interface AppOptions {
  readonly live: LiveBundle;
  readonly logger: ApiLogger;
  /** Gets prediction_output/output.csv; null: predictions are not saved. */
  readonly outputFolder: string | null;
  /** How requests may start runs of the pipeline; null or absent: they may not. */
  readonly training?: Training | null;
  /** Of the built page (`webPageFolder()`); null: GET / is a plain page of the API's own. */
  readonly pageFolder?: string | null;
  /** What differs from the default limits. */
  readonly limits?: Partial<ApiLimits>;
}

/**
 * The prediction API over a live bundle, ready for a server or a test to listen with. It keeps no state
 * besides the count of uploads under way, so any number of copies may read one published folder; the runs
 * of the pipeline that a copy started are known to that copy alone.
 */
export function createApp(options: AppOptions): Express {
  const { live, logger, outputFolder, training, pageFolder = null } = options;
  const limits: ApiLimits = { ...defaultLimits, ...options.limits };
  const app = express();
  app.disable("x-powered-by");
  app.use(requestContext(logger));
  app.use(
    helmet({
      // The pages load nothing, run nothing, and send their form home.
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          styleSrc: [STYLE_SOURCE],
          imgSrc: ["data:"],
          formAction: ["'self'"],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      // Whether a name is for TLS only is for the proxy that has the certificate to say.
      strictTransportSecurity: false,
      xFrameOptions: { action: "deny" },
    }),
  );

  if (pageFolder !== null) app.use("/assets", webAssets(pageFolder));
  app
    .route("/")
    .get(pageFolder === null ? homeRoute(live, limits) : webPage(pageFolder))
    .all(methodNotAllowed("GET"));
  app.route("/livez").get(livezRoute).all(methodNotAllowed("GET"));
  app.route("/readyz").get(readyzRoute(live)).all(methodNotAllowed("GET"));
  app.route("/sample.csv").get(sampleRoute(live)).all(methodNotAllowed("GET"));
  app.route("/api/v1/model").get(modelRoute(live, limits)).all(methodNotAllowed("GET"));
  app
    .route("/predict")
    .post(
      admitUploads(limits),
      readUpload(limits),
      predictCsv({ live, limits, outputFolder, logger }),
    )
    .all(methodNotAllowed("POST"));
  app
    .route("/api/v1/predictions")
    .post(express.json({ limit: limits.jsonBytes }), predictRowsRoute(live, limits))
    .all(methodNotAllowed("POST"));

  const admin = requireAdmin(training?.token ?? null, logger);
  const train = trainRoutes(training?.trainer ?? null, limits.heartbeatMs);
  app
    .route("/api/v1/train")
    .post(admin, express.json({ limit: TRAINING_BODY_BYTES }), train.start)
    .all(methodNotAllowed("POST"));
  app.route("/api/v1/train/:id").get(admin, train.show).all(methodNotAllowed("GET"));
  app.route("/api/v1/train/:id/events").get(admin, train.events).all(methodNotAllowed("GET"));

  app.route("/openapi.json").get(openapiRoute(live, limits)).all(methodNotAllowed("GET"));
  app.route("/docs").get(docsPageRoute).all(methodNotAllowed("GET"));
  app.route("/docs/:file").get(docsFileRoute).all(methodNotAllowed("GET"));
  app.use(notFound);
  app.use(errorHandler(logger));
  return app;
}
