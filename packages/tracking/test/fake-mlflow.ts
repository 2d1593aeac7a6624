import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { posix } from "node:path";

import type { LoggedDataset, MlflowApi, MlflowRoute, MlflowRun } from "../src/mlflow-api.ts";

type Handlers = {
  readonly [Route in MlflowRoute]: (content: MlflowApi[Route]["request"]) => object;
};

/** The fault that a fake answers with: MLflow's code, its HTTP status, and a message. */
class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

interface FakeRun {
  experiment: string;
  name: string;
  start: number;
  end: number | null;
  status: string;
  deleted: boolean;
  tags: Map<string, string>;
  params: Map<string, string>;
  /** All that makes a row of the SQL store. */
  metrics: Set<string>;
  datasets: Map<string, LoggedDataset>;
}

/** All that a fake knows; plain data, to be compared. */
export interface FakeState {
  experiments: { id: string; name: string; deleted: boolean }[];
  runs: Map<string, FakeRun>;
  files: Map<string, Buffer>;
  models: Map<string, { versions: FakeVersion[]; aliases: Map<string, string> }>;
}

type FakeVersion = MlflowApi["POST model-versions/create"]["request"] & {
  readonly version: string;
};

/**
 * As much of MLflow's REST interface as Gillnet uses, with what was observed on real servers: immutable params,
 * refused batches that log nothing, metrics deduplicated by all their fields, limits, versions that are made
 * anew by every call, model histories that grow by every call, uploads
 * without a length stored empty, empty files listed without a size.
 */
export class FakeMlflow {
  state: FakeState = { experiments: [], runs: new Map(), files: new Map(), models: new Map() };
  /** Requests that were begun. */
  requests = 0;
  /** Cuts the connection at that request, before or after it takes effect; then nothing is answered any more. */
  cut: { at: number; before: boolean } | null = null;
  /** Loses the answer of that request only. */
  loseAnswerOf: number | null = null;
  /** Routes that this server does not have: answered like DagsHub does. */
  unsupported: RegExp | null = null;
  /** Routes that are answered 500. */
  failing: RegExp | null = null;
  artifactRoot = "mlflow-artifacts:/";
  /** Lists every file shorter by that. */
  lostBytes = 0;
  #down = false;
  #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request, response);
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Up again after a cut. */
  restore(): void {
    this.cut = null;
    this.#down = false;
    this.requests = 0;
  }

  forget(): void {
    this.restore();
    this.state = { experiments: [], runs: new Map(), files: new Map(), models: new Map() };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    if (this.#down) return void request.socket.destroy();
    const number = ++this.requests;
    const cut = this.cut?.at === number ? this.cut : null;
    if (cut !== null) this.#down = true;
    if (cut?.before) return void request.socket.destroy();
    let status = 200;
    let answer: object;
    try {
      answer = this.#handle(request, Buffer.concat(chunks));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      status = error.status;
      answer =
        error.code === ""
          ? { error: error.message }
          : { error_code: error.code, message: error.message };
    }
    if (cut !== null || this.loseAnswerOf === number) return void request.socket.destroy();
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(answer));
  }

  #handle(request: IncomingMessage, body: Buffer): object {
    const url = new URL(request.url ?? "", "http://fake");
    const [, root = "", path = ""] = /^\/api\/2\.0\/([^/]+)\/(.*)$/.exec(url.pathname) ?? [];
    if (this.unsupported?.test(`${root}/${path}`)) {
      throw new Refusal(404, "", "unsupported endpoint, please contact support");
    }
    if (this.failing?.test(path)) throw new Refusal(500, "INTERNAL_ERROR", "broken");
    if (root === "mlflow-artifacts") {
      const known = request.headers["content-length"] !== undefined;
      const name = decodeURIComponent(path.replace(/^artifacts\//, ""));
      this.state.files.set(name, known ? body : Buffer.alloc(0));
      return {};
    }
    const route = `${request.method} ${path}`;
    if (!Object.hasOwn(this.#handlers, route)) throw new Refusal(404, "", "no such endpoint");
    const content: unknown =
      request.method === "GET" ? Object.fromEntries(url.searchParams) : JSON.parse(body.toString());
    return this.#handlers[route as MlflowRoute](content as never);
  }

  readonly #handlers: Handlers = {
    "GET experiments/get-by-name": ({ experiment_name }) => {
      const found = this.state.experiments.find(({ name }) => name === experiment_name);
      if (found === undefined) throw missing(`experiment ${experiment_name}`);
      const lifecycle_stage = found.deleted ? "deleted" : "active";
      return { experiment: { experiment_id: found.id, lifecycle_stage } };
    },
    "POST experiments/create": ({ name }) => {
      if (this.state.experiments.some((experiment) => experiment.name === name)) {
        throw new Refusal(400, "RESOURCE_ALREADY_EXISTS", "exists");
      }
      const id = String(this.state.experiments.length + 1);
      this.state.experiments.push({ id, name, deleted: false });
      return { experiment_id: id };
    },
    "POST runs/search": ({ experiment_ids, filter, max_results }) => {
      const [, key, value] = /^tags\.`([^`]+)` = '([^']*)'$/.exec(filter) ?? [];
      if (key === undefined || !(max_results > 0)) throw bad("search");
      const runs = [...this.state.runs]
        .filter(([, run]) => experiment_ids.includes(run.experiment) && run.tags.get(key) === value)
        .map(([id]) => this.#describe(id));
      return runs.length === 0 ? {} : { runs };
    },
    "POST runs/create": ({ experiment_id, run_name, start_time, tags }) => {
      const id = `run${this.state.runs.size + 1}`;
      this.state.runs.set(id, {
        experiment: experiment_id,
        name: run_name,
        start: start_time,
        end: null,
        status: "RUNNING",
        deleted: false,
        tags: new Map(tags.map(({ key, value }) => [key, value])),
        params: new Map(),
        metrics: new Set(),
        datasets: new Map(),
      });
      return { run: this.#describe(id) };
    },
    "GET runs/get": ({ run_id }) => {
      this.#run(run_id);
      return { run: this.#describe(run_id) };
    },
    "POST runs/update": ({ run_id, status, end_time }) => {
      Object.assign(this.#run(run_id), { status, end: end_time });
      return {};
    },
    "POST runs/log-batch": ({ run_id, params = [], tags = [], metrics = [] }) => {
      const run = this.#run(run_id);
      if (run.deleted) throw bad("the run must be in the 'active' state");
      if (params.length > 100 || tags.length > 100 || metrics.length > 1000) throw bad("too many");
      if (JSON.stringify({ params, tags, metrics }).length > 1024 * 1024) throw bad("too large");
      for (const { key } of [...params, ...tags, ...metrics]) {
        if (!/^[\p{L}\p{N}_.\- /]{1,250}$/u.test(key) || /(^|\/)(\.{0,2})(\/|$)/.test(key)) {
          throw bad(`name ${key}`);
        }
      }
      for (const { key, value } of params) {
        if (typeof value !== "string" || value.length > 6000) throw bad(`value of ${key}`);
        if (params.filter((param) => param.key === key).length > 1) throw bad("twice");
        if (run.params.has(key) && run.params.get(key) !== value) throw bad(`param ${key} changed`);
      }
      for (const { key, value } of params) run.params.set(key, value);
      for (const { key, value } of tags) {
        if (typeof value !== "string" || value.length > 8000) throw bad(`value of ${key}`);
        run.tags.set(key, value);
      }
      for (const { key, value, timestamp, step } of metrics) {
        if (typeof value !== "number" && !/^(?:NaN|-?Infinity)$/.test(value)) throw bad("metric");
        run.metrics.add(JSON.stringify([key, value, timestamp, step]));
      }
      return {};
    },
    "POST runs/log-inputs": ({ run_id, datasets }) => {
      for (const { dataset, tags } of datasets) {
        if (dataset.digest.length > 36) throw bad("digest");
        JSON.parse(dataset.source);
        JSON.parse(dataset.profile);
        this.#run(run_id).datasets.set(`${dataset.name}@${dataset.digest}`, { dataset, tags });
      }
      return {};
    },
    "POST runs/log-model": ({ run_id, model_json }) => {
      const { tags } = this.#run(run_id);
      const history = JSON.parse(tags.get("mlflow.log-model.history") ?? "[]") as unknown[];
      tags.set("mlflow.log-model.history", JSON.stringify([...history, JSON.parse(model_json)]));
      return {};
    },
    "GET artifacts/list": ({ run_id, path = "", page_token = "0" }) => {
      const folder = this.#folder(run_id);
      const files = [...this.state.files]
        .filter(([name]) => posix.dirname(name) === posix.join(folder, path))
        .map(([name, content]) => {
          const path = posix.relative(folder, name);
          // Protocol buffers leave out a zero.
          return content.length === 0
            ? { path, is_dir: false }
            : { path, is_dir: false, file_size: content.length - this.lostBytes };
        });
      const start = Number(page_token);
      // Two a page, so that pages matter.
      return {
        files: files.slice(start, start + 2),
        ...(files.length > start + 2 && { next_page_token: String(start + 2) }),
      };
    },
    "POST registered-models/create": ({ name }) => {
      if (this.state.models.has(name)) throw new Refusal(400, "RESOURCE_ALREADY_EXISTS", "exists");
      this.state.models.set(name, { versions: [], aliases: new Map() });
      return { registered_model: { name } };
    },
    "GET model-versions/search": ({ filter }) => {
      const [, run] = /^run_id='(\w+)'$/.exec(filter) ?? [];
      const versions = [...this.state.models.values()].flatMap((model) => model.versions);
      return { model_versions: versions.filter((version) => version.run_id === run) };
    },
    "POST model-versions/create": ({ name, source, run_id, tags }) => {
      const model = this.state.models.get(name);
      if (model === undefined) throw missing(`model ${name}`);
      const version = { name, version: String(model.versions.length + 1), source, run_id, tags };
      model.versions.push(version);
      return { model_version: version };
    },
    "GET registered-models/alias": ({ name, alias }) => {
      const model = this.state.models.get(name);
      const number = model?.aliases.get(alias);
      if (number === undefined) throw bad(`Registered model alias ${alias} not found.`);
      return { model_version: model?.versions[Number(number) - 1] };
    },
    "POST registered-models/alias": ({ name, alias, version }) => {
      if (/^(v\d+|latest)$/.test(alias)) throw bad("reserved");
      this.state.models.get(name)?.aliases.set(alias, version);
      return {};
    },
  };

  #run(id: string): FakeRun {
    const run = this.state.runs.get(id);
    if (run === undefined) throw missing(`Run with id=${id}`);
    return run;
  }

  #folder(id: string): string {
    return `${this.#run(id).experiment}/${id}/artifacts`;
  }

  #describe(id: string): MlflowRun {
    const run = this.#run(id);
    return {
      info: {
        run_id: id,
        experiment_id: run.experiment,
        artifact_uri: `${this.artifactRoot}${run.experiment}/${id}/artifacts`,
        lifecycle_stage: run.deleted ? "deleted" : "active",
      },
      data: { tags: [...run.tags].map(([key, value]) => ({ key, value })) },
    };
  }
}

function bad(message: string): Refusal {
  return new Refusal(400, "INVALID_PARAMETER_VALUE", message);
}

function missing(what: string): Refusal {
  return new Refusal(404, "RESOURCE_DOES_NOT_EXIST", `${what} not found`);
}
