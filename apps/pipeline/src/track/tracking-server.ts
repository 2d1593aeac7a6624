import type { TrackingServer } from "@gillnet/tracking";
import type { LoadedConfig } from "../config/load-config.ts";

/**
 * The MLflow server that runs go to: tracking.uri, or MLFLOW_TRACKING_URI of the environment; with the
 * credentials of the environment. Null when neither is set. Holds secrets.
 */
export function findTrackingServer({
  config,
  environment,
}: Pick<LoadedConfig, "config" | "environment">): TrackingServer | null {
  const uri = (config.tracking.uri ?? environment["MLFLOW_TRACKING_URI"] ?? "").trim();
  if (uri === "") return null;
  return {
    uri,
    username: environment["MLFLOW_TRACKING_USERNAME"],
    password: environment["MLFLOW_TRACKING_PASSWORD"],
    token: environment["MLFLOW_TRACKING_TOKEN"],
  };
}
