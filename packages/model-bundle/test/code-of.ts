import { isPipelineError } from "@gillnet/entity";

/** The code of the PipelineError that `action` throws, or "nothing thrown". Any other error passes through. */
export function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (isPipelineError(error)) return error.code;
    throw error;
  }
  return "nothing thrown";
}
