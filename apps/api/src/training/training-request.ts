import { apiError } from "../errors.ts";

/** What a run is asked to do differently from pipeline.yaml. */
export interface TrainingRequest {
  /** Settings for this run, `a.b=value` each. */
  readonly set: readonly string[];
  /** Run the stages though nothing changed. */
  readonly force: boolean;
}

/** Settings that one request may have, and the characters of each. */
export const MAX_SETTINGS = 50;
export const MAX_SETTING_LENGTH = 1_000;

/** Names with dots between them, an equals sign, and a value on one line. */
export const SETTING_PATTERN = "^[\\w\\-]+(\\.[\\w\\-]+)*=[^\\u0000-\\u001f\\u007f-\\u009f]*$";
const SETTING = new RegExp(SETTING_PATTERN, "u");

const HINT = 'Send nothing, or {"set": ["trainer.folds=10"], "force": false}.';

/** Reads the body of POST /api/v1/train; undefined, where there was none, asks for nothing. Throws API_BODY_BAD. */
export function readTrainingRequest(body: unknown): TrainingRequest {
  if (body === undefined) return { set: [], force: false };
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw bad("The body must be a JSON object");
  }
  for (const name of Object.keys(body)) {
    if (name !== "set" && name !== "force") {
      throw bad(`The body has a member '${name.slice(0, 80)}'; set and force are read`);
    }
  }
  const { set = [], force = false } = body as { set?: unknown; force?: unknown };
  if (typeof force !== "boolean") throw bad("force must be true or false");
  if (!Array.isArray(set)) throw bad("set must be an array of texts");
  if (set.length > MAX_SETTINGS) {
    throw bad(`set has ${set.length} settings; at most ${MAX_SETTINGS} are taken`);
  }
  for (const [index, setting] of set.entries()) {
    if (typeof setting !== "string") throw bad(`Setting ${index + 1} must be a text`);
    if (setting.length > MAX_SETTING_LENGTH) {
      throw bad(
        `Setting ${index + 1} has ${setting.length} characters; at most ${MAX_SETTING_LENGTH} are taken`,
      );
    }
    if (!SETTING.test(setting)) {
      throw bad(`Setting ${index + 1} must be names with dots between them, = and a value`);
    }
  }
  return { set: set as string[], force };
}

function bad(message: string): Error {
  return apiError("API_BODY_BAD", message, { hint: HINT });
}
