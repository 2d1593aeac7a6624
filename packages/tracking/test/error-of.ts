import { isPipelineError } from "@gillnet/entity";
import type { PipelineError } from "@gillnet/entity";

/** The PipelineError that the promise is rejected with; fails when it is not. */
export async function errorOf(promise: Promise<unknown>): Promise<PipelineError> {
  const error = await promise.then(
    (value) => new Error(`Expected an error, got ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (!isPipelineError(error)) throw error;
  return error;
}

/** The code of the PipelineError that the promise is rejected with. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  return (await errorOf(promise)).code;
}
