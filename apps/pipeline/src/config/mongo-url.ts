import type { Environment } from "./read-environment.ts";

/** The URL of the MongoDB server that the environment names, if any: a secret. The second name is the original's. */
export function mongoUrlOf(environment: Environment): string | undefined {
  return environment["MONGODB_URL"] || environment["MONGODB_URL_KEY"] || undefined;
}
