import { PipelineError } from "@gillnet/entity";

import type { MongodbTarget } from "./mongodb-target.ts";

/** Server codes: Unauthorized, AuthenticationFailed, Atlas' own for a wrong user or password. */
const DENIED: ReadonlySet<unknown> = new Set([13, 18, 8000]);

const UNREACHABLE: ReadonlySet<string> = new Set([
  "MongoServerSelectionError",
  "MongoNetworkError",
  "MongoNetworkTimeoutError",
  "MongoTopologyClosedError",
]);

/** What is known when something goes wrong. */
export interface MongodbScene {
  readonly target: MongodbTarget;
  /** "host:port, host:port"; undefined while the URL itself is in doubt. */
  readonly hosts: string | undefined;
}

interface DriverError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: unknown;
  readonly path?: string;
  readonly reason?: { readonly servers?: ReadonlyMap<string, { readonly error?: unknown }> };
}

/**
 * An error of the driver as one of ours: INGESTION_MONGODB_URL, _UNREACHABLE, _DENIED or _REFUSED. The driver's
 * error does not go along as the cause: it may hold the URL, and so the password.
 */
export function explainMongodbError(error: unknown, scene: MongodbScene): PipelineError {
  const { name = "", message = "", code, path } = error as DriverError;
  const { url, database, collection } = scene.target;
  const { hosts } = scene;
  const codeText = typeof code === "string" ? code : "";
  const reason = withoutCredentials(message || codeText || name, url);
  const details = { hosts, database, collection };
  const at = hosts === undefined ? "" : ` at ${hosts}`;

  if (DENIED.has(code)) {
    return new PipelineError(
      "INGESTION_MONGODB_DENIED",
      `MongoDB${at} did not let us in to ${database}: ${reason}`,
      {
        hint: "Check the user and password in the URL (MONGODB_URL), and that this user may read the database; a user of another database needs ?authSource=DATABASE",
        details,
      },
    );
  }
  if (code === "ENOENT" || code === "EACCES") {
    return badUrl(`names a file that cannot be read: ${withoutCredentials(path ?? "", url)}`);
  }
  // Node's own codes: the look-up of a mongodb+srv name failed.
  if (UNREACHABLE.has(name) || codeText.startsWith("E")) {
    return new PipelineError(
      "INGESTION_MONGODB_UNREACHABLE",
      `MongoDB does not answer${at}: ${withoutCredentials(rootOf(error as DriverError) ?? reason, url)}`,
      {
        hint: "Check that the server runs and that the URL (MONGODB_URL) names it, with TLS if it wants it; or name another source, as --set source.kind=csv --set source.path=FILE",
        details,
      },
    );
  }
  if (hosts === undefined || name === "MongoParseError") return badUrl(`is none: ${reason}`);
  return new PipelineError("INGESTION_MONGODB_REFUSED", `MongoDB${at} refused: ${reason}`, {
    hint: "Check source.mongodb: database, collection and query; if the query is right, the server's log says more",
    details,
  });
}

/** INGESTION_MONGODB_URL; `problem` goes on after "The URL of MongoDB". */
export function badUrl(problem: string): PipelineError {
  return new PipelineError("INGESTION_MONGODB_URL", `The URL of MongoDB ${problem}`, {
    hint: "Set MONGODB_URL like mongodb://host:27017, with user:password@ before the host where it wants them; in these two write @ : / ? # [ ] % as %40 %3A %2F %3F %23 %5B %5D %25",
  });
}

/** The first server's own trouble, where the driver only says that time ran out. */
function rootOf({ message, reason }: DriverError): string | undefined {
  const errors = [...(reason?.servers?.values() ?? [])].map(
    (server) => server.error as { message?: string; cause?: { message?: string } } | undefined,
  );
  const first = errors.find((error) => error !== undefined);
  return first?.cause?.message || first?.message || message;
}

/** A text of the driver without what the URL says of user and password, as written and decoded. */
export function withoutCredentials(text: string, url: string): string {
  const [, login = ""] = /^[^:]*:\/\/(.*)@/s.exec(url) ?? [];
  const [, password = ""] = /:(.*)/s.exec(login) ?? [];
  const secrets = [url, login, password].flatMap((secret) => [secret, decoded(secret)]);
  return [...new Set(secrets)]
    .filter((secret) => secret !== "")
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
