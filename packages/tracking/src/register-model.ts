import type { PipelineError } from "@gillnet/entity";
import { createOnce } from "./create-once.ts";
import { expectField, isAnswered, isRefusal, isTaken } from "./explain-answer.ts";
import type { BeginEntry, ModelEntry } from "./journal-entry.ts";
import type { MlflowModelVersion } from "./mlflow-api.ts";
import type { MlflowConnection } from "./mlflow-connection.ts";
import type { ServerRun } from "./open-run.ts";

/** When the run of a version began: tells which of two versions is the newer one. */
const STARTED_TAG = "gillnet.started";

/** What became of a model on a server. */
interface Registration {
  /** The version's number; null when there is none. */
  readonly version: string | null;
  /** What did not work, as sentences. */
  readonly notes: readonly string[];
}

/**
 * Tells the server that a run's artifacts hold a model and, if the entry asks for it, makes that a version
 * of a registered model and points the alias at it. All of this is what some servers cannot do: a refusal is
 * said, and no error.
 */
export async function registerModel(
  connection: MlflowConnection,
  run: ServerRun,
  model: ModelEntry,
  begin: BeginEntry,
): Promise<Registration> {
  const notes: string[] = [];
  const attempt = async <T>(
    what: string,
    work: () => Promise<T>,
    isTolerated: (error: unknown) => error is PipelineError = isRefusal,
  ): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!isTolerated(error)) throw error;
      notes.push(`${what}: ${error.message}`);
      return undefined;
    }
  };
  // It is for show only, and some servers answer it with 500 for ever.
  await attempt("The run's list of models", () => logModel(connection, run, model), isAnswered);
  if (model.register === null) return { version: null, notes };
  const { name, alias } = model.register;
  const version = await attempt(`Registered model '${name}'`, () =>
    openVersion(connection, run, model.path, name, begin.startedAt),
  );
  if (version !== undefined && alias !== null) {
    const note = await attempt(`Alias '${alias}' of '${name}'`, () =>
      pointAlias(connection, name, alias, version, begin.startedAt),
    );
    if (typeof note === "string") notes.push(note);
  }
  return { version: version ?? null, notes };
}

/** Adds the model to the run's list, where it is not there yet: the server itself adds it twice. */
async function logModel(
  connection: MlflowConnection,
  { runId }: ServerRun,
  model: ModelEntry,
): Promise<void> {
  const find = async (): Promise<object | undefined> => {
    const { run } = await connection.call("GET runs/get", { run_id: runId });
    const history = run?.data?.tags?.find(({ key }) => key === "mlflow.log-model.history");
    return history?.value.includes(model.uuid) ? history : undefined;
  };
  const model_json = JSON.stringify({
    run_id: runId,
    artifact_path: model.path,
    utc_time_created: new Date(model.createdAt).toISOString().replace("T", " ").replace("Z", "000"),
    model_uuid: model.uuid,
    flavors: model.flavors,
  });
  await createOnce(connection, find, () =>
    connection.call("POST runs/log-model", { run_id: runId, model_json }, 1),
  );
}

/** The number of the run's version of the registered model; makes both when they are not there. */
async function openVersion(
  connection: MlflowConnection,
  run: ServerRun,
  path: string,
  name: string,
  startedAt: number,
): Promise<string> {
  try {
    await connection.call("POST registered-models/create", { name });
  } catch (error) {
    if (!isTaken(error)) throw error;
  }
  const find = async (): Promise<string | undefined> => {
    const { model_versions = [] } = await connection.call("GET model-versions/search", {
      filter: `run_id='${run.runId}'`,
      max_results: 1000,
    });
    return model_versions.find((version) => version.name === name)?.version;
  };
  return createOnce(connection, find, async () => {
    const source = `${run.artifactUri}/${path}`;
    const tags = [{ key: STARTED_TAG, value: String(startedAt) }];
    const content = { name, source, run_id: run.runId, tags };
    const { model_version } = await connection.call("POST model-versions/create", content, 1);
    return expectField(model_version?.version, "version", connection.address);
  });
}

/** Points the alias at the version, unless it points at a newer run's already; gives that as a sentence. */
async function pointAlias(
  connection: MlflowConnection,
  name: string,
  alias: string,
  version: string,
  startedAt: number,
): Promise<string | undefined> {
  const current = await findAlias(connection, name, alias);
  if (current?.version === version) return undefined;
  const tag = current?.tags?.find(({ key }) => key === STARTED_TAG);
  if (tag !== undefined && Number(tag.value) > startedAt) {
    return `Alias '${alias}' of '${name}' stays at version ${current?.version}, whose run is newer`;
  }
  await connection.call("POST registered-models/alias", { name, alias, version });
  return undefined;
}

async function findAlias(
  connection: MlflowConnection,
  name: string,
  alias: string,
): Promise<MlflowModelVersion | undefined> {
  try {
    return (await connection.call("GET registered-models/alias", { name, alias })).model_version;
  } catch (error) {
    // Servers call a missing alias a wrong parameter, or a missing resource.
    if (isRefusal(error)) return undefined;
    throw error;
  }
}
