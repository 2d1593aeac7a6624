/** Why something could not be done, and what to do now, in words for people. */
export interface Failure {
  /** Without a full stop. */
  readonly message: string;
  readonly hint: string;
  /** The API's code; null where the API did not answer. */
  readonly code: string | null;
  /** The HTTP status; null where there was no answer. */
  readonly status: number | null;
  /** Columns that the model reads and the file lacks, with a near name that the file has. */
  readonly missing: readonly MissingColumn[];
  /** The same request may succeed later. */
  readonly retry: boolean;
}

export interface MissingColumn {
  readonly column: string;
  readonly near: string | null;
}

/** A failure that the page itself has found. */
function ownFailure(message: string, hint: string, retry: boolean): Failure {
  return { message, hint, code: null, status: null, missing: [], retry };
}

/** The server has not answered at all. */
export const unreachable: Failure = ownFailure(
  "The server can't be reached",
  "See that it runs (pnpm serve) and that the network is there, then try again.",
  true,
);

/** An answer that is not what the page knows how to read. */
export const unreadableAnswer: Failure = ownFailure(
  "The server's answer can't be read",
  "Reload the page: the server may be newer than the page that is open.",
  true,
);

/** The file can't be opened: a folder, or a file that was moved after it was given. */
export function unreadableFile(name: string): Failure {
  return ownFailure(
    `'${name}' can't be opened`,
    "Give one file, not a folder. If the file was moved or changed, give it again.",
    false,
  );
}

/** The file has more bytes than the server says that it takes; known before anything is sent. */
export function fileTooLarge(name: string, size: string, limit: string): Failure {
  return ownFailure(
    `'${name}' has ${size}; the server takes up to ${limit}`,
    "Split the file and give the parts one after the other.",
    false,
  );
}

/** Several files were dropped at once. */
export function tooManyFiles(count: number): Failure {
  return ownFailure(`${count} files were given at once`, "Give one file at a time.", false);
}

/** The failure that an answer with a status of 400 or more stands for; `body` is its text. */
export function failureOfAnswer(status: number, body: string): Failure {
  const error = errorOf(body);
  if (error === null) {
    return {
      ...ownFailure(
        `The answer has status ${status} and is not in Gillnet's words`,
        "A proxy before the server may have answered. Try again, or look at its log.",
        status >= 500,
      ),
      status,
    };
  }
  const missing = error.details?.["missing"];
  return {
    message: error.message,
    hint: error.hint ?? "",
    code: error.code,
    status,
    missing: Array.isArray(missing) ? (missing as MissingColumn[]) : [],
    retry: status >= 500 || status === 429,
  };
}

/** Carries a failure through a promise. */
export class RequestFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = "RequestFailed";
    this.failure = failure;
  }
}

/** The failure that a caught error carries; any other error comes from an answer that was not understood. */
export function failureOfError(error: unknown): Failure {
  return error instanceof RequestFailed ? error.failure : unreadableAnswer;
}

interface ErrorMember {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

function errorOf(body: string): ErrorMember | null {
  try {
    const { error } = JSON.parse(body) as { error?: Partial<ErrorMember> };
    return typeof error?.message === "string" && typeof error.code === "string"
      ? (error as ErrorMember)
      : null;
  } catch {
    return null;
  }
}
