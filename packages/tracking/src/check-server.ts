import { isAnswered } from "./explain-answer.ts";
import { findExperiment } from "./open-run.ts";
import { readAddress } from "./server-address.ts";
import type { TrackingServer } from "./server-address.ts";

export interface CheckOptions {
  /** Asked for by name, because that needs what a replay needs: access and credentials. */
  readonly experiment: string;
  readonly signal: AbortSignal;
  /** How long the server may be silent; 5 unless given. */
  readonly silenceSeconds?: number;
}

/** A server that would take a replay. */
export interface ServerCheck {
  /** The server's address, without credentials. */
  readonly server: string;
  /** Null when it does not tell. */
  readonly version: string | null;
  /** Whether it has the experiment already. */
  readonly hasExperiment: boolean;
}

/**
 * Asks a server whether it is there, speaks MLflow and accepts the credentials; changes nothing there.
 *
 * Errors: TRACKING_UNREACHABLE, TRACKING_UNAUTHORIZED and the other codes of `trackingErrors`; the signal's
 * reason once it is aborted.
 */
export async function checkServer(
  server: TrackingServer,
  { experiment, signal, silenceSeconds = 5 }: CheckOptions,
): Promise<ServerCheck> {
  const address = readAddress(server);
  const patience = {
    attempts: 1,
    backoffMilliseconds: 0,
    silenceMilliseconds: silenceSeconds * 1000,
  };
  const { MlflowConnection } = await import("./mlflow-connection.ts");
  const connection = new MlflowConnection(address, patience, signal);
  try {
    const found = await findExperiment(connection, experiment);
    const version = await connection.readVersion().catch((error: unknown) => {
      // Servers that only speak MLflow's language have no such page.
      if (isAnswered(error)) return null;
      throw error;
    });
    return { server: address.base, version, hasExperiment: found !== undefined };
  } finally {
    await connection.close();
  }
}
