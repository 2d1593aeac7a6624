import { dirname, join } from "node:path";
import type { ApiConfig, Environment } from "../config.ts";
import type { ApiLogger } from "../logger.ts";
import { Trainer } from "./trainer.ts";

/** Who may start runs of the pipeline, and what starts them. */
export interface Training {
  readonly token: string;
  readonly trainer: Trainer;
}

/** Training as the server's settings have it; null when it is off. */
export function createTraining(
  config: Pick<ApiConfig, "artifactsFolder" | "training">,
  environment: Environment,
  logger: ApiLogger,
): Training | null {
  if (config.training === null) return null;
  const { token, command, configFile } = config.training;
  const published = join(dirname(configFile), "artifacts");
  if (published !== config.artifactsFolder) {
    logger.warn("Runs started over HTTP publish elsewhere than where this server looks", {
      event: "training.elsewhere",
      publishes: published,
      serves: config.artifactsFolder,
    });
  }
  // The pipeline has no use for the token, and its configuration could name any variable that it sees.
  const { GILLNET_ADMIN_TOKEN: _token, ...rest } = environment;
  return { token, trainer: new Trainer({ command, configFile, environment: rest, logger }) };
}
