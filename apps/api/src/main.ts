import { isPipelineError } from "@gillnet/model-bundle";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { LiveBundle } from "./live-bundle.ts";
import { createLogger } from "./logger.ts";
import { listen, serverUrl, shutDown } from "./serve.ts";
import { createTraining } from "./training/create-training.ts";
import { webPageFolder } from "./web-page.ts";

/** How long requests under way may take to end after the server was told to stop. */
const SHUTDOWN_MS = 10_000;
/** A run of the pipeline gets less, so that who follows it still sees its end. */
const TRAINING_STOP_MS = 8_000;

async function main(): Promise<void> {
  const config = readConfig(process.env, process.cwd(), process.stderr.isTTY);
  const logger = createLogger({ level: config.logLevel, format: config.logFormat });
  const live = await LiveBundle.open({ artifactsFolder: config.artifactsFolder, logger });
  const training = createTraining(config, process.env, logger);
  const app = createApp({
    live,
    logger,
    training,
    outputFolder: config.outputFolder,
    pageFolder: webPageFolder(),
    limits: { uploadBytes: config.uploadMiB * 1024 * 1024 },
  });
  const server = await listen(app, config.host, config.port);
  const { current } = live;
  const model =
    current === null
      ? "no model published yet: run pnpm pipeline run"
      : `model ${current.name} version ${current.version}`;
  const url = serverUrl(server);
  process.stdout.write(`Gillnet API on ${url} · ${model} · described at ${url}/docs\n`);

  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    // A second signal does not wait.
    if (isStopping) process.exit(130);
    isStopping = true;
    logger.info(`${signal}: stopping`, { event: "server.stopping" });
    live.close();
    const stopped = Promise.all([
      shutDown(server, SHUTDOWN_MS),
      training?.trainer.close(TRAINING_STOP_MS),
    ]);
    void stopped.then(([isClean]) => {
      if (!isClean) logger.warn("Requests under way were cut off", { event: "server.cut-off" });
      process.exit(0);
    });
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

try {
  await main();
} catch (error) {
  if (!isPipelineError(error)) throw error;
  process.stderr.write(`${error.message}\n${error.hint ?? ""}\n`);
  process.exitCode = error.code === "API_CONFIG_BAD" ? 2 : 1;
}
