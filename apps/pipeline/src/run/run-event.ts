import type {
  IngestionArtifact,
  SourceDescription,
  StageName,
  TrainerArtifact,
} from "@gillnet/entity";
import type { GateVerdict } from "../publish/gates.ts";
import type { StageArtifact } from "./pipeline-stage.ts";
import type { RunOutcome } from "./run-record.ts";

/**
 * What a run tells as it goes. The terminal, the log and `--json` are listeners; the names and fields
 * are a contract with scripts that read `--json`.
 */
export type RunEvent =
  | {
      readonly event: "run.started";
      readonly name: string;
      readonly seed: number;
      readonly gillnet: string;
    }
  | {
      readonly event: "source.resolved";
      readonly source: SourceDescription;
      readonly notes: readonly string[];
    }
  | { readonly event: "run.created"; readonly run: string; readonly folder: string }
  | {
      readonly event: "stage.started";
      readonly stage: StageName;
      readonly reasons: readonly string[];
    }
  | {
      readonly event: "stage.progress";
      readonly stage: StageName;
      readonly fraction?: number;
      readonly message: string;
    }
  | {
      readonly event: "stage.skipped";
      readonly stage: StageName;
      readonly from: string;
      readonly reasons: readonly string[];
      readonly artifact: StageArtifact;
    }
  | {
      readonly event: "stage.finished";
      readonly stage: StageName;
      readonly seconds: number;
      readonly artifact: StageArtifact;
    }
  | {
      readonly event: "stage.failed";
      readonly stage: StageName;
      readonly seconds: number;
      readonly message: string;
    }
  | {
      readonly event: "run.judged";
      readonly run: string;
      readonly ingestion: IngestionArtifact;
      readonly trainer: TrainerArtifact;
      readonly gates: readonly GateVerdict[];
    }
  | {
      readonly event: "run.published";
      readonly version: number;
      /** The version that was live before; null when there was none. */
      readonly previous: number | null;
      /** A new version, the live one already, or an earlier one that is live again. */
      readonly how: "new" | "already" | "again";
    }
  | {
      /** The run is on its way to the tracking server. */
      readonly event: "tracking.started";
      readonly run: string;
      /** Its address as it is set, credentials redacted. */
      readonly server: string;
    }
  | {
      readonly event: "run.tracked";
      readonly run: string;
      /** Its address without credentials. */
      readonly server: string;
      /** The run in the server's page. */
      readonly url: string;
      /** How many things were sent now; 0 when the server had them all. */
      readonly sent: number;
      /** The version that the model became in the server's registry; null when none. */
      readonly modelVersion: string | null;
      /** What the server could not have, or has in another form. */
      readonly notes: readonly string[];
    }
  | {
      readonly event: "run.finished";
      /** The run that holds the artifacts. */
      readonly run: string;
      readonly outcome: RunOutcome;
      /** False when everything was there already. */
      readonly changed: boolean;
      /** The version that is served; null when there is none, or when the run was a part of the stages. */
      readonly live: number | null;
      /** The version that the run's own bundle has; null when it has none. */
      readonly published: number | null;
    }
  | { readonly event: "warning"; readonly code: string; readonly message: string };

export type RunListener = (event: RunEvent) => void;
