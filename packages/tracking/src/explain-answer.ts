import { isPipelineError, PipelineError } from "@gillnet/entity";
import type { ServerAddress } from "./server-address.ts";

/** What a server sent back. */
export interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

const TRANSIENT_STATUS: ReadonlySet<unknown> = new Set([408, 429, 500, 502, 503, 504]);
const PAGE_HINT = "Open the address in a browser: MLflow's page must appear";

/**
 * The error that an answer other than success means. Its details hold `status`, `route` and MLflow's
 * `errorCode` if there is one: that, not the status, tells what is wrong.
 */
export function explainAnswer(
  { status, text, location }: Answer,
  route: string,
  address: ServerAddress,
): PipelineError {
  const { base } = address;
  const { errorCode, message } = readErrorBody(text);
  const said = shorten(message ?? "", address);
  const because = said === "" ? "" : `: ${said}`;
  const details = { server: base, route, status, ...(errorCode && { errorCode }) };
  const error = (code: string, message: string, hint?: string): PipelineError =>
    new PipelineError(code, message, { details, ...(hint !== undefined && { hint }) });

  if (text.includes("--serve-artifacts")) {
    // It comes with status 503, and will not pass.
    return error("TRACKING_REFUSED", `The MLflow server at ${base} runs without --serve-artifacts`);
  }
  if (status === 401) {
    return error(
      "TRACKING_UNAUTHORIZED",
      address.authorization === undefined
        ? `The MLflow server at ${base} asks for credentials`
        : `The MLflow server at ${base} does not accept the credentials`,
      "Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN",
    );
  }
  if (status === 403) {
    const { host } = new URL(base);
    return /invalid host header/i.test(text)
      ? error(
          "TRACKING_FORBIDDEN",
          `The MLflow server takes no requests for the host '${host}'`,
          `Start the server with --allowed-hosts ${host} (or MLFLOW_SERVER_ALLOWED_HOSTS)`,
        )
      : error(
          "TRACKING_FORBIDDEN",
          `The MLflow server at ${base} forbids ${route}${because}`,
          "Give the account the right to write there",
        );
  }
  if (status >= 500 || TRANSIENT_STATUS.has(status)) {
    return error(
      "TRACKING_SERVER_FAILED",
      `The MLflow server at ${base} answered ${status} to ${route}${because}`,
      "Look into the server's log, then synchronise again: nothing is lost",
    );
  }
  if (status >= 400 && message !== undefined) {
    const what = errorCode ?? `status ${status}`;
    return error("TRACKING_REFUSED", `The MLflow server refused ${route} (${what})${because}`);
  }
  if (location !== undefined) {
    // Log-in pages put a lot into their addresses.
    const target = location.replace(/[?#].*$/s, "").replace(/\/\/.*@/, "//");
    return error(
      "TRACKING_NOT_MLFLOW",
      `${base} sends on to ${target}`,
      "Set tracking.uri to where the server itself is",
    );
  }
  return error(
    "TRACKING_NOT_MLFLOW",
    `What answers at ${base} does not speak MLflow (status ${status} to ${route})`,
    PAGE_HINT,
  );
}

/** The field that an answer must have. Error: TRACKING_NOT_MLFLOW. */
export function expectField<T>(
  value: T | null | undefined,
  name: string,
  { base }: ServerAddress,
): T {
  if (value !== undefined && value !== null) return value;
  throw new PipelineError(
    "TRACKING_NOT_MLFLOW",
    `What answers at ${base} does not speak MLflow: an answer has no '${name}'`,
    { hint: PAGE_HINT, details: { server: base, field: name } },
  );
}

/** The error for a request that got no answer. */
export function explainFault(cause: unknown, route: string, address: ServerAddress): PipelineError {
  const { code = "", message = "" } = cause as { code?: string; message?: string };
  const reason = shorten(message || code || "no answer", address);
  return new PipelineError(
    "TRACKING_UNREACHABLE",
    `The MLflow server at ${address.base} cannot be reached: ${reason}`,
    { hint: faultHint(code), details: { server: address.base, route, reason: code }, cause },
  );
}

function faultHint(code: string): string {
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) {
    return "The server's certificate is not trusted: name its authority's file in NODE_EXTRA_CA_CERTS";
  }
  if (/SSL|EPROTO/.test(code)) return "Does the server speak http:// instead of https://?";
  return "Start the server or correct tracking.uri, then synchronise: nothing is lost";
}

/** Whether the same request may succeed in a moment. */
export function isTransient(error: unknown): boolean {
  if (!isPipelineError(error)) return false;
  return (
    error.code === "TRACKING_UNREACHABLE" ||
    (error.code === "TRACKING_SERVER_FAILED" && TRANSIENT_STATUS.has(error.details["status"]))
  );
}

/** Whether the server understood the request and has no such thing. */
export function isMissing(error: unknown): boolean {
  return isPipelineError(error) && error.details["errorCode"] === "RESOURCE_DOES_NOT_EXIST";
}

/** Whether what was to be made is there already. */
export function isTaken(error: unknown): boolean {
  return isPipelineError(error) && error.details["errorCode"] === "RESOURCE_ALREADY_EXISTS";
}

const REFUSALS: ReadonlySet<string> = new Set([
  "TRACKING_FORBIDDEN",
  "TRACKING_NOT_MLFLOW",
  "TRACKING_REFUSED",
]);

/** Whether the server said no for good: that is wrong, forbidden, or not there on this kind of server. */
export function isRefusal(error: unknown): error is PipelineError {
  if (!isPipelineError(error)) return false;
  return REFUSALS.has(error.code) || error.details["status"] === 501;
}

/** Whether the server answered, whatever it said, to somebody whom it knows. */
export function isAnswered(error: unknown): error is PipelineError {
  return isRefusal(error) || (isPipelineError(error) && error.code === "TRACKING_SERVER_FAILED");
}

/** MLflow says `{error_code, message}`, other servers that speak its language `{error}`. */
function readErrorBody(text: string): { errorCode?: string; message?: string } {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return {};
  }
  if (typeof body !== "object" || body === null) return {};
  const { error_code, message, error } = body as Readonly<Record<string, unknown>>;
  const said = message ?? error ?? error_code;
  return {
    ...(typeof error_code === "string" && { errorCode: error_code }),
    ...(said !== undefined && { message: typeof said === "string" ? said : JSON.stringify(said) }),
  };
}

/** The first line of what somebody else wrote, without secrets. */
function shorten(text: string, { secrets }: ServerAddress): string {
  const line = (text.trim().split("\n", 1)[0] as string).replace(/\.$/, "");
  const shown = secrets.reduce((shown, secret) => shown.replaceAll(secret, "***"), line);
  return shown.length <= 300 ? shown : `${shown.slice(0, 300)} ...`;
}
