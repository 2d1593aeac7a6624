import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Content = Readonly<Record<string, unknown>>;
interface KeyValue {
  readonly key: string;
  readonly value: unknown;
}

/** What a run is on the server. */
interface SmallRun {
  readonly name: string;
  status: string;
  readonly params: Map<string, unknown>;
  readonly tags: Map<string, unknown>;
  /** Every value that was ever logged. */
  readonly metrics: KeyValue[];
  readonly files: Map<string, Buffer>;
  readonly datasets: unknown[];
}

/** As much of MLflow's REST interface as a run without a registered model needs; tracking's own tests go deeper. */
export class SmallMlflow {
  readonly runs: SmallRun[] = [];
  readonly experiments: string[] = [];
  /** The value of the header that it asks for; null: none. */
  authorization: string | null = null;
  requests = 0;
  /** Takes requests and never answers. */
  silent = false;
  #server: Server | undefined;
  #port = 0;

  /** Starts; a second time on the same port. */
  async start(): Promise<void> {
    const server = createServer((request, response) => {
      void this.#answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  get host(): string {
    return `127.0.0.1:${this.#port}`;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.requests++;
    if (this.silent) return;
    const refused =
      this.authorization !== null && request.headers.authorization !== this.authorization;
    const answer = refused ? undefined : this.#handle(request, Buffer.concat(chunks));
    const status = refused ? 401 : answer === undefined ? 404 : 200;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(
      JSON.stringify(answer ?? { error_code: "RESOURCE_DOES_NOT_EXIST", message: "none" }),
    );
  }

  #handle(request: IncomingMessage, body: Buffer): object | undefined {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://small");
    const upload = /^\/api\/2\.0\/mlflow-artifacts\/artifacts\/(\d+)\/(.+)$/.exec(pathname);
    if (upload !== null) {
      const [, run = "", path = ""] = upload;
      this.runs[Number(run)]?.files.set(decodeURIComponent(path), body);
      return {};
    }
    const query = Object.fromEntries(searchParams);
    const content = request.method === "GET" ? query : (JSON.parse(body.toString()) as Content);
    return this.#call(pathname.replace("/api/2.0/mlflow/", ""), content);
  }

  #call(route: string, content: Content): object | undefined {
    const run = this.runs[Number(content["run_id"] ?? -1)];
    const { params, tags, metrics } = content as Readonly<Record<string, KeyValue[] | undefined>>;
    switch (route) {
      case "experiments/get-by-name": {
        const id = this.experiments.indexOf(String(content["experiment_name"]));
        return id < 0 ? undefined : { experiment: { experiment_id: String(id) } };
      }
      case "experiments/create":
        this.experiments.push(String(content["name"]));
        return { experiment_id: String(this.experiments.length - 1) };
      case "runs/create":
        this.runs.push({
          name: String(content["run_name"]),
          status: "RUNNING",
          params: new Map(),
          tags: new Map(tags?.map(({ key, value }) => [key, value])),
          metrics: [],
          files: new Map(),
          datasets: [],
        });
        return { run: this.#describe(this.runs.length - 1) };
      case "runs/search": {
        const found = this.runs.findIndex((one) =>
          String(content["filter"]).includes(String(one.tags.get("gillnet.journal"))),
        );
        return found < 0 ? {} : { runs: [this.#describe(found)] };
      }
      case "runs/get":
        return run && { run: this.#describe(this.runs.indexOf(run)) };
      case "runs/update":
        if (run !== undefined) run.status = String(content["status"]);
        return {};
      case "runs/log-batch":
        for (const { key, value } of params ?? []) run?.params.set(key, value);
        for (const { key, value } of tags ?? []) run?.tags.set(key, value);
        run?.metrics.push(...(metrics ?? []));
        return {};
      case "runs/log-inputs":
        run?.datasets.push(content["datasets"]);
        return {};
      case "runs/log-model":
        return {};
      case "artifacts/list":
        return {
          files: [...(run?.files ?? [])].map(([path, { length }]) => ({ path, file_size: length })),
        };
      default:
        return undefined;
    }
  }

  #describe(index: number): object {
    return {
      info: {
        run_id: String(index),
        experiment_id: "0",
        artifact_uri: `mlflow-artifacts:/${index}`,
        lifecycle_stage: "active",
      },
      data: { tags: [] },
    };
  }
}
