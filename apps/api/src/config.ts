import { resolve } from "node:path";
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
}

/** The environment, as process.env has it. */
export type Environment = Readonly<Record<string, string | undefined>>;

const LOG_LEVELS = ["error", "warn", "info", "debug"];

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
  };
}

function bad(name: string, value: string, allowed: string): Error {
  return apiError("API_CONFIG_BAD", `${name} may be ${allowed}, got '${value}'`, {
    details: { variable: name, value },
  });
}
