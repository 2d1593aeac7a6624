import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { apiError } from "./errors.ts";

/** What the environment says, checked and with defaults. Folders are absolute. */
export interface ApiConfig {
  readonly host: string;
  readonly port: number;
  /** Holds `published/live.json` and `published/<version>/`. */
  readonly artifactsFolder: string;
  /** Gets `prediction_output/output.csv`; null when predictions are not to be saved. */
  readonly outputFolder: string | null;
  readonly uploadMiB: number;
  readonly logFormat: "json" | "plain";
  readonly logLevel: string;
  /** How runs of the pipeline are started over HTTP; null: they are not. */
  readonly training: TrainingConfig | null;
}

interface TrainingConfig {
  /** What requests must carry. Never logged. */
  readonly token: string;
  /** The pipeline's main.js; it need not exist yet. */
  readonly command: string;
  /** Its pipeline.yaml. */
  readonly configFile: string;
}

/** The environment, as process.env has it. */
export type Environment = Readonly<Record<string, string | undefined>>;

const LOG_LEVELS = ["error", "warn", "info", "debug"];

/** The pipeline of the workspace that this file is in; elsewhere there is no such file. */
const WORKSPACE_PIPELINE = fileURLToPath(new URL("../../pipeline/dist/main.js", import.meta.url));

/**
 * Reads the server's settings from the environment; relative folders start at `folder`.
 * An unset or empty variable means its default, except that an empty GILLNET_OUTPUT turns saving off.
 * Throws API_CONFIG_BAD naming the variable, its value and what it may hold.
 */
export function readConfig(
  environment: Environment,
  folder: string,
  isTerminal: boolean,
): ApiConfig {
  const text = (name: string, otherwise: string): string => environment[name] || otherwise;
  const integer = (name: string, otherwise: number, minimum: number, maximum: number): number => {
    const given = text(name, String(otherwise));
    const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
    if (value >= minimum && value <= maximum) return value;
    throw bad(name, given, `a whole number from ${minimum} to ${maximum}`);
  };
  const oneOf = (name: string, otherwise: string, allowed: readonly string[]): string => {
    const given = text(name, otherwise);
    if (allowed.includes(given)) return given;
    throw bad(name, given, allowed.join(", "));
  };
  return {
    host: text("HOST", "127.0.0.1"),
    port: integer("PORT", 8000, 0, 65_535),
    artifactsFolder: resolve(folder, text("GILLNET_ARTIFACTS", "artifacts")),
    outputFolder:
      environment["GILLNET_OUTPUT"] === "" ? null : resolve(folder, text("GILLNET_OUTPUT", ".")),
    uploadMiB: integer("GILLNET_MAX_UPLOAD_MIB", 32, 1, 256),
    logFormat: oneOf("GILLNET_LOG_FORMAT", isTerminal ? "plain" : "json", ["json", "plain"]) as
      | "json"
      | "plain",
    logLevel: oneOf("GILLNET_LOG_LEVEL", "info", LOG_LEVELS),
    training: readTraining(environment["GILLNET_ADMIN_TOKEN"] ?? "", (name, otherwise) =>
      resolve(folder, text(name, otherwise)),
    ),
  };
}

function readTraining(
  token: string,
  path: (name: string, otherwise: string) => string,
): TrainingConfig | null {
  if (token === "") return null;
  if (!/^[\x21-\x7e]{16,512}$/.test(token)) {
    // The value stays out of the message: a token that is nearly right is nearly the token.
    throw apiError(
      "API_CONFIG_BAD",
      `GILLNET_ADMIN_TOKEN may be 16 to 512 letters, digits and signs of ASCII without spaces, got ${token.length} characters`,
      { details: { variable: "GILLNET_ADMIN_TOKEN" } },
    );
  }
  return {
    token,
    command: path("GILLNET_PIPELINE_COMMAND", WORKSPACE_PIPELINE),
    configFile: path("GILLNET_PIPELINE_CONFIG", "pipeline.yaml"),
  };
}

function bad(name: string, value: string, allowed: string): Error {
  return apiError("API_CONFIG_BAD", `${name} may be ${allowed}, got '${value}'`, {
    details: { variable: name, value },
  });
}
