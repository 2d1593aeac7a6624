import { PipelineError } from "@gillnet/entity";
import { createOnce } from "./create-once.ts";
import { expectField, isMissing, isTaken } from "./explain-answer.ts";
import type { BeginEntry } from "./journal-entry.ts";
import type { MlflowRun } from "./mlflow-api.ts";
import type { MlflowConnection } from "./mlflow-connection.ts";
import { fitText, limits } from "./mlflow-limits.ts";
import type { ServerAddress } from "./server-address.ts";

/** The tag by which a run is found again. */
const ID_TAG = "gillnet.journal";

/** A run on a server. */
export interface ServerRun {
  readonly runId: string;
  readonly experimentId: string;
  /** Where the server keeps the run's artifacts. */
  readonly artifactUri: string;
}

/** The run `runId`; undefined when the server does not know it (any more). Error: TRACKING_RUN_DELETED. */
export async function findRunById(
  connection: MlflowConnection,
  runId: string,
): Promise<ServerRun | undefined> {
  try {
    const { run } = await connection.call("GET runs/get", { run_id: runId });
    return readRun(run, connection.address);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * The run of a journal: the one that is there already, or a new one. Makes the experiment when there is
 * none. Errors: TRACKING_EXPERIMENT_DELETED, TRACKING_RUN_DELETED.
 */
export async function openRun(connection: MlflowConnection, begin: BeginEntry): Promise<ServerRun> {
  const experimentId = await openExperiment(connection, begin.experiment);
  const find = async (): Promise<ServerRun | undefined> => {
    const { runs = [] } = await connection.call("POST runs/search", {
      experiment_ids: [experimentId],
      filter: `tags.\`${ID_TAG}\` = '${begin.id}'`,
      run_view_type: "ALL",
      max_results: 1,
    });
    return runs.length === 0 ? undefined : readRun(runs[0], connection.address);
  };
  return createOnce(connection, find, async () => {
    const content = {
      experiment_id: experimentId,
      run_name: fitText(begin.name, limits.tagLength),
      start_time: begin.startedAt,
      tags: [
        { key: ID_TAG, value: begin.id },
        { key: "gillnet.run", value: fitText(begin.run, limits.tagLength) },
      ],
    };
    const { run } = await connection.call("POST runs/create", content, 1);
    return readRun(run, connection.address);
  });
}

async function openExperiment(connection: MlflowConnection, name: string): Promise<string> {
  const found = await findExperiment(connection, name);
  if (found !== undefined) return found;
  try {
    const { experiment_id } = await connection.call("POST experiments/create", { name });
    return expectField(experiment_id, "experiment_id", connection.address);
  } catch (error) {
    // Somebody else made it meanwhile, or an earlier attempt did whose answer was lost.
    const made = isTaken(error) ? await findExperiment(connection, name) : undefined;
    if (made === undefined) throw error;
    return made;
  }
}

/** The id of the experiment; undefined when there is none of that name. Error: TRACKING_EXPERIMENT_DELETED. */
export async function findExperiment(
  connection: MlflowConnection,
  name: string,
): Promise<string | undefined> {
  const { address } = connection;
  try {
    const content = { experiment_name: name };
    const { experiment } = await connection.call("GET experiments/get-by-name", content);
    if (experiment?.lifecycle_stage === "deleted") {
      throw new PipelineError(
        "TRACKING_EXPERIMENT_DELETED",
        `The experiment '${name}' is in the bin of the MLflow server at ${address.base}`,
        {
          hint: "Restore it in MLflow's page, or set tracking.experiment to another name",
          details: { server: address.base, experiment: name },
        },
      );
    }
    return expectField(experiment?.experiment_id, "experiment_id", address);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function readRun(run: MlflowRun | undefined, address: ServerAddress): ServerRun {
  const { run_id, experiment_id, lifecycle_stage, artifact_uri = "" } = run?.info ?? {};
  const runId = expectField(run_id, "run_id", address);
  if (lifecycle_stage === "deleted") {
    throw new PipelineError(
      "TRACKING_RUN_DELETED",
      `Run ${runId} is in the bin of the MLflow server at ${address.base}`,
      {
        hint: "Restore the run in MLflow's page, then synchronise again",
        details: { server: address.base, runId },
      },
    );
  }
  const experimentId = expectField(experiment_id, "experiment_id", address);
  return { runId, experimentId, artifactUri: artifact_uri };
}
