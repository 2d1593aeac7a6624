/** What a PipelineError carries besides its code and message. */
export interface PipelineErrorOptions {
  /** What the reader can do now, as one sentence. */
  readonly hint?: string;
  /** Plain data for machines: file, line, column, value, bound. Never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * The one error type of the pipeline and the API.
 *
 * `code` is stable and listed in docs/errors.md; `message` is sentence case without a full stop
 * and holds the value and the bound; `hint` says what to do.
 */
export class PipelineError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: PipelineErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "PipelineError";
    this.code = code;
    this.hint = options.hint;
    this.details = options.details ?? {};
  }
}

/** Recognises a PipelineError by shape, so that one that crossed a worker or a realm still counts. */
export function isPipelineError(error: unknown): error is PipelineError {
  return (
    typeof error === "object" &&
    error !== null &&
    (error as { name?: unknown }).name === "PipelineError" &&
    typeof (error as { code?: unknown }).code === "string"
  );
}
