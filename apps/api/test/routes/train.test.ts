import type { Server } from "node:http";
import { createTraining } from "../../src/training/create-training.ts";
import type { Training } from "../../src/training/create-training.ts";
import { listen, serverUrl, shutDown } from "../../src/serve.ts";
import request from "supertest";
import { Description } from "../description.ts";
import { keepingLogger, PublishedFolder, testApp } from "../published-folder.ts";
import type { TestApp } from "../published-folder.ts";
import { writeFakePipeline } from "../training/fake-pipeline.ts";

const TOKEN = "correct-horse-battery";
const ADMIN = { Authorization: `Bearer ${TOKEN}` };

let folder: PublishedFolder;
let api: TestApp;
let training: Training;
let logger: ReturnType<typeof keepingLogger>;
let server: Server;
let base: string;
let described: Description;
beforeEach(async () => {
  folder = new PublishedFolder();
  logger = keepingLogger();
  training = createTraining(
    {
      artifactsFolder: `${folder.path}/artifacts`,
      training: {
        token: TOKEN,
        command: writeFakePipeline(folder.path),
        configFile: `${folder.path}/pipeline.yaml`,
      },
    },
    { ...process.env, GILLNET_ADMIN_TOKEN: TOKEN },
    logger,
  )!;
  api = await testApp(null, { training, limits: { heartbeatMs: 5 } });
  server = await listen(api.app, "127.0.0.1", 0);
  base = serverUrl(server);
  const document = (await request(server).get("/openapi.json")).body as Record<string, unknown>;
  described = new Description(document);
});
afterEach(async () => {
  await training.trainer.close(1000);
  await shutDown(server, 1000);
  api.folder.remove();
  folder.remove();
});

interface Told {
  readonly id: number;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** An event stream as a client reads it. */
class Stream {
  readonly #reader: ReadableStreamDefaultReader<string>;
  readonly response: Response;
  #text = "";
  heartbeats = 0;

  constructor(response: Response) {
    this.response = response;
    this.#reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** The next event; null at the end. */
  async next(): Promise<Told | null> {
    for (;;) {
      const end = this.#text.indexOf("\n\n");
      if (end >= 0) {
        const block = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        const match = /^id: (\d+)\nevent: (\S+)\ndata: ([^\n]*)$/.exec(block);
        if (match !== null) {
          return { id: Number(match[1]), event: match[2]!, data: JSON.parse(match[3]!) };
        }
        expect(block).toBe(":");
        this.heartbeats++;
        continue;
      }
      const { done, value } = await this.#reader.read();
      if (done) {
        expect(this.#text).toBe("");
        return null;
      }
      this.#text += value;
    }
  }

  async rest(): Promise<Told[]> {
    const told: Told[] = [];
    for (let next = await this.next(); next !== null; next = await this.next()) told.push(next);
    return told;
  }

  leave(): Promise<void> {
    return this.#reader.cancel();
  }
}

async function follow(id: string, headers: Record<string, string> = {}): Promise<Stream> {
  return new Stream(
    await fetch(`${base}/api/v1/train/${id}/events`, { headers: { ...ADMIN, ...headers } }),
  );
}

async function start(body?: object): Promise<request.Response> {
  const response = await request(server).post("/api/v1/train").set(ADMIN).send(body);
  described.expectDescribed("post", "/api/v1/train", response);
  return response;
}

async function show(id: string): Promise<request.Response> {
  const response = await request(server).get(`/api/v1/train/${id}`).set(ADMIN);
  described.expectDescribed("get", "/api/v1/train/{id}", response);
  return response;
}

test("a run, from its start to its end", async () => {
  const started = await start({ set: ["a.b=$(touch x) --force"], force: true });
  expect(started.status).toBe(202);
  const { id, events } = started.body;
  expect(started.body).toMatchObject({ state: "running", events: `/api/v1/train/${id}/events` });
  expect(started.headers["location"]).toBe(`/api/v1/train/${id}`);

  const stream = await follow(id);
  expect(stream.response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  const told = await stream.rest();
  expect(told[0]!.data).toMatchObject({
    event: "run.started",
    time: "2026-11-22T14:22:10.412Z",
    // The setting is one argument, the token is none of the pipeline's business, and stdin is closed.
    args: [
      "--json",
      "--config",
      `${folder.path}/pipeline.yaml`,
      "--set=a.b=$(touch x) --force",
      "run",
      "--force",
    ],
    token: null,
    stdin: null,
  });
  expect(told.map(({ event }) => event).slice(-3)).toEqual([
    "run.published",
    "run.finished",
    "training.ended",
  ]);
  const { body } = await show(id);
  expect(body).toMatchObject({
    state: "succeeded",
    run: "r1",
    version: 7,
    exitCode: 0,
    error: null,
    force: true,
    events,
  });
  expect(told.at(-1)!.data).toEqual({ event: "training.ended", time: body.ended, ...body });

  const again = await (await follow(id)).rest();
  expect(again.map(({ event }) => event)).toEqual([
    "run.started",
    "run.created",
    "stage.progress",
    "run.published",
    "run.finished",
    "training.ended",
  ]);
  expect(again[2]!.data["message"]).toBe("two \u2028 \n lines");
  expect(JSON.stringify([logger.lines, api.lines])).not.toContain(TOKEN);
});

test("who comes back hears what was missed, and after the end is told to stay away", async () => {
  const { id } = (await start()).body;
  const all = await (await follow(id)).rest();
  const last = all.at(-1)!.id;
  const missed = await (await follow(id, { "Last-Event-ID": String(last - 2) })).rest();
  expect(missed.map(({ event }) => event)).toEqual(["run.finished", "training.ended"]);
  const over = await request(server)
    .get(`/api/v1/train/${id}/events`)
    .set({ ...ADMIN, "Last-Event-ID": String(last) });
  expect(over.status).toBe(204);
  described.expectDescribed("get", "/api/v1/train/{id}/events", over);
  const unreadable = await (await follow(id, { "Last-Event-ID": "-1e9" })).rest();
  expect(unreadable).toHaveLength(6);
});

test("one run at a time; a quiet stream shows signs of life; the server's end is the run's", async () => {
  const { id } = (await start({ set: ["do=wait"] })).body;
  const busy = await start();
  expect([busy.status, busy.body.error.code]).toEqual([409, "API_TRAINING_BUSY"]);
  expect(busy.body.error.details).toEqual({
    id,
    state: "running",
    events: `/api/v1/train/${id}/events`,
  });

  const left = await follow(id);
  await left.next();
  await left.leave();
  const stream = await follow(id);
  for (let next = await stream.next(); next?.data["fraction"] !== 0.2; next = await stream.next());
  const rest = stream.rest();
  while (stream.heartbeats < 3) await new Promise((resolve) => setTimeout(resolve, 5));
  expect((await show(id)).body).toMatchObject({ state: "running", ended: null });

  const closed = training.trainer.close(60_000);
  expect((await rest).map(({ event }) => event)).toEqual(["error", "training.ended"]);
  await closed;
  expect((await show(id)).body).toMatchObject({
    state: "interrupted",
    exitCode: 143,
    error: { code: "RUN_INTERRUPTED", message: "Stopped", hint: "Run again" },
  });
  const refused = await start();
  expect([refused.status, refused.body.error.code]).toEqual([503, "API_TRAINING_UNAVAILABLE"]);
});

test("a run that does not stop is killed", async () => {
  const { id } = (await start({ set: ["do=ignore"] })).body;
  const stream = await follow(id);
  for (let next = await stream.next(); next?.data["fraction"] !== 0.2; next = await stream.next());
  await training.trainer.close(1);
  expect((await show(id)).body).toMatchObject({
    state: "interrupted",
    exitCode: null,
    error: { message: "The pipeline ended with SIGKILL and did not say why" },
  });
});

test("a run that says no, and one that falls over: the next may start", async () => {
  const no = (await start({ set: ["do=fail"] })).body.id;
  await (await follow(no)).rest();
  expect((await show(no)).body).toMatchObject({
    state: "failed",
    exitCode: 1,
    version: null,
    error: { code: "RUN_GATES_FAILED", message: "A gate said no", hint: "Look at the gates" },
  });
  const crash = (await start({ set: ["do=crash"] })).body.id;
  await (await follow(crash)).rest();
  expect((await show(crash)).body).toMatchObject({
    state: "failed",
    exitCode: 3,
    error: { code: "API_TRAINING_FAILED" },
  });
  const line = logger.lines.find(({ fields }) => fields["complaint"] === "the last words");
  expect(line).toMatchObject({ level: "warn", fields: { training: crash } });
});

test("lines that are no events are left out", async () => {
  const { id } = (await start({ set: ["do=noise"] })).body;
  const told = await (await follow(id)).rest();
  expect(told.map(({ event }) => event).slice(-2)).toEqual(["last.one", "training.ended"]);
  expect(told.filter(({ event }) => event === "run.created")).toHaveLength(1);
  expect(logger.lines.filter(({ level }) => level === "debug")).toHaveLength(5);
});

test("the last 20 runs are remembered", async () => {
  const ids: string[] = [];
  for (let run = 0; run < 21; run++) {
    ids.push((await start({ set: ["do=fail"] })).body.id);
    await (await follow(ids.at(-1)!)).rest();
  }
  expect((await show(ids[0]!)).body.error.code).toBe("API_TRAINING_UNKNOWN");
  expect((await show(ids[1]!)).status).toBe(200);
  const events = await request(server).get(`/api/v1/train/${ids[0]}/events`).set(ADMIN);
  expect(events.status).toBe(404);
  described.expectDescribed("get", "/api/v1/train/{id}/events", events);
}, 30_000);

test("requests that are refused start nothing", async () => {
  for (const [body, type, status] of [
    ['{"set":["a"]}', "application/json", 400],
    ["{", "application/json", 400],
    ["set=a", "application/x-www-form-urlencoded", 415],
    [`{"set":["a=${"b".repeat(300_000)}"]}`, "application/json", 413],
  ] as const) {
    const response = await request(server)
      .post("/api/v1/train")
      .set({ ...ADMIN, "Content-Type": type })
      .send(body);
    expect([body.slice(0, 20), response.status]).toEqual([body.slice(0, 20), status]);
    described.expectDescribed("post", "/api/v1/train", response);
  }
  const unauthorized = await request(server).post("/api/v1/train");
  described.expectDescribed("post", "/api/v1/train", unauthorized);
  expect(logger.lines).toEqual([]);
});

test("an empty body of any type asks for nothing special", async () => {
  const response = await request(server)
    .post("/api/v1/train")
    .set({ ...ADMIN, "Content-Type": "text/plain", "Content-Length": "0" });
  expect(response.status).toBe(202);
});

test("HEAD does not wait for the end", async () => {
  const { id } = (await start({ set: ["do=wait"] })).body;
  await request(server).head(`/api/v1/train/${id}/events`).set(ADMIN).expect(200);
});

test("where the pipeline is not built, the answer says so", async () => {
  const other = createTraining(
    {
      artifactsFolder: folder.path,
      training: { token: TOKEN, command: "/nowhere/main.js", configFile: "/x/pipeline.yaml" },
    },
    {},
    logger,
  )!;
  const app = await testApp(null, { training: other });
  const response = await request(app.app).post("/api/v1/train").set(ADMIN);
  expect([response.status, response.body.error.code]).toEqual([503, "API_TRAINING_UNAVAILABLE"]);
  expect(response.body.error.hint).toContain("GILLNET_PIPELINE_COMMAND");
  expect(logger.lines).toContainEqual({
    level: "warn",
    message: "Runs started over HTTP publish elsewhere than where this server looks",
    fields: { event: "training.elsewhere", publishes: "/x/artifacts", serves: folder.path },
  });
  app.folder.remove();
});
