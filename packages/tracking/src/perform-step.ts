import { isRefusal } from "./explain-answer.ts";
import type { BeginEntry, DatasetEntry } from "./journal-entry.ts";
import type { LoggedDataset } from "./mlflow-api.ts";
import type { MlflowConnection } from "./mlflow-connection.ts";
import { fitPath, fitText, limits } from "./mlflow-limits.ts";
import type { Step } from "./next-step.ts";
import type { ServerRun } from "./open-run.ts";
import { registerModel } from "./register-model.ts";
import type { ServerState } from "./sync-state.ts";
import { uploadArtifact } from "./upload-artifact.ts";

/** What steps work with. */
interface ReplayWorld {
  readonly connection: MlflowConnection;
  readonly run: ServerRun;
  readonly begin: BeginEntry;
  /** The journal's. */
  readonly folder: string;
  readonly state: ServerState;
}

/**
 * Sends one step; doing it a second time changes nothing on the server. Gives the state with what came out
 * of it.
 */
export async function performStep(step: Step, world: ReplayWorld): Promise<ServerState> {
  const { connection, run, begin, folder, state } = world;
  const run_id = run.runId;
  const noting = (...notes: readonly string[]): ServerState => ({
    ...state,
    notes: [...state.notes, ...notes],
  });
  if (step.kind === "superseded") return state;
  if (step.kind === "batch") {
    await connection.call("POST runs/log-batch", { run_id, ...step.batch });
    return noting(...step.notes);
  }
  const { entry } = step;
  switch (entry.kind) {
    case "dataset":
      try {
        const datasets = [describeDataset(entry)];
        await connection.call("POST runs/log-inputs", { run_id, datasets });
      } catch (error) {
        // Servers before 2.4 have no datasets.
        if (!isRefusal(error)) throw error;
        return noting(`Dataset '${entry.name}': ${error.message}`);
      }
      break;
    case "artifact": {
      const leftOut = state.leftOut.filter((path) => path !== entry.path);
      const path = fitPath(entry.path);
      const reason = await uploadArtifact(connection, run, { ...entry, path }, folder);
      if (reason === null) {
        const renamed = path === entry.path ? [] : [`'${entry.path}' is called '${path}' there`];
        return { ...noting(...renamed), leftOut };
      }
      const noted = noting(`Artifact '${entry.path}' was left out: ${reason}`);
      return { ...noted, leftOut: [...leftOut, entry.path] };
    }
    case "model": {
      const missing = state.leftOut.find((path) => path.startsWith(`${entry.path}/`));
      if (missing !== undefined) {
        return noting(`The model was not registered: the server has no '${missing}'`);
      }
      const { version, notes } = await registerModel(connection, run, entry, begin);
      return { ...noting(...notes), modelVersion: version };
    }
    case "end": {
      const { status, endedAt } = entry;
      await connection.call("POST runs/update", { run_id, status, end_time: endedAt });
      break;
    }
    case "begin":
      break;
  }
  return state;
}

function describeDataset(entry: DatasetEntry): LoggedDataset {
  return {
    tags: [{ key: "mlflow.data.context", value: "training" }],
    dataset: {
      name: fitText(entry.name, limits.datasetNameLength),
      digest: entry.digest.slice(0, limits.digestLength),
      source_type: entry.sourceType,
      source: entry.source,
      profile: JSON.stringify({ num_rows: entry.rows }),
    },
  };
}
