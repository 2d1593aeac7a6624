import { PipelineError } from "@gillnet/entity";

/** An MLflow server and how to log on to it. Empty text counts as not given. */
export interface TrackingServer {
  /** May hold `user:password@`. */
  readonly uri: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
}

/** A server's address, with the secrets taken out of it. */
export interface ServerAddress {
  /** Without credentials, query and slash at the end. */
  readonly base: string;
  /** Value of the header `authorization`. */
  readonly authorization: string | undefined;
  /** Texts that no message may hold. */
  readonly secrets: readonly string[];
}

/**
 * Reads an address. User and password win over those in the address, and these over the token, as with
 * MLflow's own client. Error: TRACKING_URI_BAD.
 */
export function readAddress(server: TrackingServer): ServerAddress {
  let url: URL;
  try {
    url = new URL(server.uri);
  } catch {
    // The cause holds the whole text, with its password: it is left out.
    throw badUri(server.uri);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") throw badUri(server.uri);
  const token = server.token?.trim();
  // A user without a password is one only where there is nothing better: some hosts take a token as user.
  const given = server.username && (server.password || !token) ? server : undefined;
  const username = given?.username ?? decode(url.username);
  const password = given === undefined ? decode(url.password) : (given.password ?? "");
  const basic = Buffer.from(`${username}:${password}`).toString("base64");
  const authorization = username !== "" ? `Basic ${basic}` : token ? `Bearer ${token}` : undefined;
  return {
    base: url.origin + url.pathname.replace(/\/+$/, ""),
    authorization,
    secrets: [password, token ?? "", basic, server.password ?? "", url.password].filter(
      (secret) => secret.length > 2,
    ),
  };
}

function badUri(uri: string): PipelineError {
  const shown = uri.replace(/\/\/.*@/, "//");
  return new PipelineError(
    "TRACKING_URI_BAD",
    `The address of the MLflow server must begin with http:// or https://, got '${shown}'`,
    {
      hint: "Start a server with 'mlflow server' and give its address as tracking.uri or MLFLOW_TRACKING_URI",
    },
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
