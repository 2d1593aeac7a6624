import type { ErrorCodeTable } from "@gillnet/entity";

/** Every code that this package throws. */
export const trackingErrors: ErrorCodeTable = {
  TRACKING_EXPERIMENT_DELETED: {
    meaning: "The experiment is in the MLflow server's bin, and its name cannot be used meanwhile.",
    remedy: "Restore it in MLflow's page, or set tracking.experiment to another name.",
  },
  TRACKING_FILE_UNREADABLE: {
    meaning: "A file that belongs to the run cannot be read for recording.",
    remedy: "Check that the file is there and can be read, then record the run again.",
  },
  TRACKING_FORBIDDEN: {
    meaning:
      "The MLflow server refuses: the account may not write there, or it does not know its own host name.",
    remedy:
      "Give the account write access, or start the server with --allowed-hosts and the host in tracking.uri.",
  },
  TRACKING_JOURNAL_DAMAGED: {
    meaning: "A line of tracking.jsonl is not what this version of Gillnet writes.",
    remedy: "Restore the file from a backup, or delete it and record the run again.",
  },
  TRACKING_JOURNAL_EMPTY: {
    meaning: "There is nothing to send: the journal does not begin with a run.",
    remedy: "Record the run first.",
  },
  TRACKING_JOURNAL_MISMATCH: {
    meaning: "What is to be recorded contradicts what the run's journal already says.",
    remedy: "Record each run in its own folder, and never change a parameter of a recorded run.",
  },
  TRACKING_JOURNAL_UNWRITABLE: {
    meaning: "The journal, or the state of its replay, cannot be read or written.",
    remedy: "Check the folder's permissions and the free disk space.",
  },
  TRACKING_NOT_MLFLOW: {
    meaning: "What answers at tracking.uri does not speak MLflow's REST interface.",
    remedy: "Check the address: open it in a browser, MLflow's page must appear.",
  },
  TRACKING_REFUSED: {
    meaning: "The MLflow server refused a request as wrong.",
    remedy: "The message holds the server's reason; check the server's version.",
  },
  TRACKING_RUN_DELETED: {
    meaning: "The run is in the MLflow server's bin.",
    remedy: "Restore the run in MLflow's page, then synchronise again.",
  },
  TRACKING_SERVER_FAILED: {
    meaning: "The MLflow server kept failing.",
    remedy: "Look into the server's log, then synchronise again: nothing is lost.",
  },
  TRACKING_TIMEOUT: {
    meaning: "The replay took longer than it was given.",
    remedy: "Synchronise again: it goes on where it stopped.",
  },
  TRACKING_UNAUTHORIZED: {
    meaning: "The MLflow server asks for credentials, or does not accept those given.",
    remedy: "Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN.",
  },
  TRACKING_UNREACHABLE: {
    meaning: "No MLflow server answers at tracking.uri.",
    remedy: "Start the server or correct the address, then synchronise: nothing is lost.",
  },
  TRACKING_UPLOAD_INCOMPLETE: {
    meaning: "The server says that it stored a file, and lists it with another size.",
    remedy: "Check what stands between Gillnet and the server (a proxy?), then synchronise again.",
  },
  TRACKING_URI_BAD: {
    meaning: "tracking.uri is not the address of an MLflow server.",
    remedy: "Give an address that begins with http:// or https://, or null.",
  },
};
