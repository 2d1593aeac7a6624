import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent, request } from "undici";
import { explainAnswer, explainFault, isTransient } from "./explain-answer.ts";
import type { Answer } from "./explain-answer.ts";
import type { MlflowApi, MlflowRoute } from "./mlflow-api.ts";
import type { ServerAddress } from "./server-address.ts";

/** How patient a connection is. */
interface Patience {
  /** How often a request is sent at most. */
  readonly attempts: number;
  /** The wait before the second attempt; it doubles before each further one. */
  readonly backoffMilliseconds: number;
  /** How long the server may be silent. */
  readonly silenceMilliseconds: number;
}

/** No wait that a server asks for is longer. */
const MAX_RETRY_AFTER_SECONDS = 30;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

interface Message {
  /** What to call it in errors. */
  readonly route: string;
  readonly url: string;
  readonly method: "GET" | "POST" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  /** Makes the body anew for every attempt: a stream can be sent once. */
  readonly body?: () => string | Readable;
}

/**
 * Speaks MLflow's REST interface with one server. Errors of its methods: TRACKING_UNREACHABLE,
 * TRACKING_SERVER_FAILED, TRACKING_UNAUTHORIZED, TRACKING_FORBIDDEN, TRACKING_NOT_MLFLOW, TRACKING_REFUSED; the
 * signal's reason once it is aborted.
 */
export class MlflowConnection {
  readonly address: ServerAddress;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly #agent: Agent;

  constructor(address: ServerAddress, patience: Patience, signal: AbortSignal) {
    this.address = address;
    this.patience = patience;
    this.signal = signal;
    this.#agent = new Agent({
      connect: { timeout: patience.silenceMilliseconds },
      headersTimeout: patience.silenceMilliseconds,
      bodyTimeout: patience.silenceMilliseconds,
      maxResponseSize: MAX_ANSWER_BYTES,
    });
  }

  /**
   * Makes one call. Retried while the fault may pass, unless `attempts` is 1: then a lost answer is the
   * caller's to sort out.
   */
  async call<Route extends MlflowRoute>(
    route: Route,
    content: MlflowApi[Route]["request"],
    attempts: number = this.patience.attempts,
  ): Promise<MlflowApi[Route]["response"]> {
    const [method, path] = route.split(" ") as ["GET" | "POST", string];
    const url = new URL(`${this.address.base}/api/2.0/mlflow/${path}`);
    const message = { route: path, method };
    if (method === "GET") {
      for (const [name, value] of Object.entries(content)) url.searchParams.set(name, value);
      return this.#parse(await this.#send({ ...message, url: url.href }, attempts), path);
    }
    const headers = { "content-type": "application/json" };
    const text = JSON.stringify(content);
    const post = { ...message, url: url.href, headers, body: () => text };
    return this.#parse(await this.#send(post, attempts), path);
  }

  /** The server's version; null when it does not tell. */
  async readVersion(): Promise<string | null> {
    const url = `${this.address.base}/version`;
    const { text } = await this.#send({ route: "version", method: "GET", url }, 1);
    return /^\d+\.\d+[\w.+-]{0,30}$/.exec(text.trim())?.[0] ?? null;
  }

  /** Puts the file, which has `bytes` bytes, at `url`. */
  async upload(url: string, file: string, bytes: number): Promise<void> {
    const headers = {
      "content-type": "application/octet-stream",
      // Servers up to 3.9 store an empty file when the length is not announced, and say that all is well.
      "content-length": String(bytes),
    };
    const body = (): Readable => createReadStream(file);
    const message = {
      route: "the upload of an artifact",
      url,
      method: "PUT",
      headers,
      body,
    } as const;
    await this.#send(message, this.patience.attempts);
  }

  /** Waits before attempt `next` (2 is the first that waits), longer when the server asked for it. */
  async backOff(next: number, retryAfter?: string): Promise<void> {
    const own = this.patience.backoffMilliseconds * 2 ** (next - 2);
    const asked = Math.min(Number(retryAfter ?? 0) || 0, MAX_RETRY_AFTER_SECONDS) * 1000;
    try {
      await sleep(Math.max(own, asked), undefined, { signal: this.signal });
    } catch {
      this.signal.throwIfAborted();
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #send(message: Message, attempts: number): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      let retryAfter: string | undefined;
      let failure: unknown;
      try {
        const answer = await this.#sendOnce(message);
        if (answer.status >= 200 && answer.status < 300) return answer;
        retryAfter = answer.retryAfter;
        failure = explainAnswer(answer, message.route, this.address);
      } catch (cause) {
        this.signal.throwIfAborted();
        failure = explainFault(cause, message.route, this.address);
      }
      if (attempt >= attempts || !isTransient(failure)) throw failure;
      await this.backOff(attempt + 1, retryAfter);
    }
  }

  async #sendOnce({ url, method, headers, body }: Message): Promise<Answer> {
    // Other hosts that the server names (for artifacts) get no credentials.
    const trusted = new URL(url).origin === new URL(this.address.base).origin;
    const { authorization } = this.address;
    const response = await request(url, {
      method,
      headers: { ...headers, ...(trusted && authorization !== undefined && { authorization }) },
      body: body?.() ?? null,
      dispatcher: this.#agent,
      signal: this.signal,
    });
    const { location, "retry-after": retryAfter } = response.headers;
    return {
      status: response.statusCode,
      location: [location].flat()[0],
      retryAfter: [retryAfter].flat()[0],
      text: await response.body.text(),
    };
  }

  /** Some calls are answered with nothing or "OK", and a wrong address often with a page. */
  #parse(answer: Answer, route: string): object {
    const text = answer.text.trim();
    if (text === "" || text === "200 OK" || text === "OK") return {};
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      value = undefined;
    }
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
    throw explainAnswer({ ...answer, text: "" }, route, this.address);
  }
}
