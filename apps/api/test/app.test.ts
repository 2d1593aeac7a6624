import { createHash } from "node:crypto";
import request from "supertest";
import { SAMPLE, smallBundle, testApp } from "./published-folder.ts";
import type { TestApp } from "./published-folder.ts";

let api: TestApp;
let synthetic: TestApp;
let empty: TestApp;
beforeAll(async () => {
  api = await testApp();
  synthetic = await testApp(smallBundle(), { synthetic: true, sample: null });
  empty = await testApp(null);
});
afterAll(() => {
  for (const { folder } of [api, synthetic, empty]) folder.remove();
});

describe("the model", () => {
  test("is described with its manifest", async () => {
    const { body } = await request(api.app).get("/api/v1/model").expect(200);
    expect(body).toMatchObject({
      name: "phishing",
      version: 1,
      threshold: 0.5,
      classes: {
        positive: { name: "phishing", label: -1 },
        negative: { name: "legitimate", label: 1 },
      },
      missingMarkers: ["NA", "?"],
      manifest: { format: 1, metrics: { test: { accuracy: { value: 0.958 } } } },
    });
    expect(body.features.map((feature: { name: string }) => feature.name)).toEqual([
      "https",
      "length",
      "country",
    ]);
    expect(body.bundleHash).toBe(body.manifest.bundle.sha256);
    expect(body).not.toHaveProperty("warning");
  });

  test("carries a warning first and everywhere when it was trained on made-up rows", async () => {
    const { text } = await request(synthetic.app).get("/api/v1/model").expect(200);
    expect(text).toMatch(/^\{"warning":"This model was trained on made-up rows/);
    const ready = await request(synthetic.app).get("/readyz").expect(200);
    expect(ready.body.warning).toMatch(/made-up rows \(a small network\)/);
    const home = await request(synthetic.app).get("/").expect(200);
    expect(home.text).toMatch(/class="banner".*made-up rows/s);
    const result = await request(synthetic.app)
      .post("/predict")
      .attach("file", Buffer.from(SAMPLE), "x.csv");
    expect(result.text).toMatch(/class="banner".*made-up rows/s);
  });

  test("has a sample that it can predict", async () => {
    const sample = await request(api.app).get("/sample.csv").expect(200);
    expect(sample.type).toBe("text/csv");
    expect(sample.text).toBe(SAMPLE);
    await request(api.app)
      .post("/predict")
      .attach("file", Buffer.from(sample.text), "sample.csv")
      .expect(200);
    const none = await request(synthetic.app).get("/sample.csv").expect(404);
    expect(none.body.error.code).toBe("API_NO_SAMPLE");
  });
});

describe("the page", () => {
  test("says the model's name, version and figure, and has the form", async () => {
    const { text, type } = await request(api.app).get("/").expect(200);
    expect(type).toBe("text/html");
    for (const part of [
      "phishing, version 1",
      "95.8 % accuracy (95.0 to 96.5). Measured on 2,211 rows whose vectors were never seen in training.",
      'action="/predict" method="post" enctype="multipart/form-data"',
      'name="file"',
      'href="/sample.csv"',
      'formaction="/predict?format=csv"',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('banner"');
  });

  test("shows a host that is one, and nothing else of the header", async () => {
    const good = await request(api.app).get("/").set("Host", "example.org:9000");
    expect(good.text).toContain("http://example.org:9000/predict");
    const bad = await request(api.app).get("/").set("Host", "x;rm -rf ~");
    expect(bad.text).not.toContain("rm -rf");
  });

  test("its style is the one that the policy lets through, and nothing else is", async () => {
    const response = await request(api.app).get("/");
    const style = /<style>(.*?)<\/style>/s.exec(response.text)![1]!;
    const hash = createHash("sha256").update(style).digest("base64");
    expect(response.headers["content-security-policy"]).toBe(
      `default-src 'none';style-src 'sha256-${hash}';img-src data:;form-action 'self';base-uri 'none';frame-ancestors 'none'`,
    );
    expect(response.text).not.toMatch(/<script|style="|\son\w+=|src="http/);
  });
});

describe("probes", () => {
  test("with a model", async () => {
    expect((await request(api.app).get("/livez").expect(200)).body).toEqual({ status: "live" });
    expect((await request(api.app).get("/readyz").expect(200)).body).toEqual({
      status: "ready",
      model: { name: "phishing", version: 1 },
    });
  });

  test("without one: alive, not ready, and the page says what to do", async () => {
    await request(empty.app).get("/livez").expect(200);
    for (const path of ["/readyz", "/api/v1/model", "/sample.csv"]) {
      const { body, status } = await request(empty.app).get(path);
      expect([status, body.error.code]).toEqual([503, "API_NO_MODEL"]);
      expect(body.error.hint).toContain("pnpm pipeline run");
    }
    const page = await request(empty.app).get("/").expect(503);
    expect(page.text).toContain("pnpm pipeline run");
    const rows = await request(empty.app).post("/api/v1/predictions").send({ rows: [] });
    expect(rows.status).toBe(503);
  });
});

describe("errors", () => {
  test("no such route: JSON, whatever the Accept", async () => {
    const { body, status, type } = await request(api.app)
      .get("/nowhere")
      .set("Accept", "text/html");
    expect([status, type]).toEqual([404, "application/json"]);
    expect(body).toEqual({
      error: {
        code: "API_NOT_FOUND",
        message: "There is no route /nowhere",
        hint: expect.any(String),
        details: {},
      },
    });
  });

  test.each([
    ["get", "/predict", "POST"],
    ["delete", "/api/v1/predictions", "POST"],
    ["post", "/", "GET, HEAD"],
    ["put", "/api/v1/model", "GET, HEAD"],
    ["post", "/readyz", "GET, HEAD"],
  ] as const)("%s %s: 405 with Allow", async (method, path, allow) => {
    const response = await request(api.app)[method](path);
    expect([response.status, response.body.error.code]).toEqual([405, "API_METHOD_NOT_ALLOWED"]);
    expect(response.headers["allow"]).toBe(allow);
  });

  test("HEAD and OPTIONS are answered", async () => {
    await request(api.app).head("/sample.csv").expect(200);
    const options = await request(api.app).options("/predict").expect(204);
    expect(options.headers["allow"]).toBe("POST");
  });

  test("a path that can't be decoded", async () => {
    const { status, body } = await request(api.app).get("/%E0%A4%A");
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(body.error.code).toMatch(/^API_/);
  });

  test("what the server does not know: 500 with an id, without the inside", async () => {
    const broken = await testApp();
    // A bundle that no file can hold: its model throws when it is asked.
    const { current } = broken.live;
    Object.assign(current!.bundle, {
      model: new Proxy(current!.bundle.model, {
        get: () => {
          throw new Error("secret inside");
        },
      }),
    });
    const response = await request(broken.app)
      .post("/api/v1/predictions")
      .send({ rows: [{ https: 1 }] });
    expect([response.status, response.body.error.code]).toEqual([500, "API_INTERNAL"]);
    expect(response.text).not.toContain("secret");
    const id = response.headers["x-request-id"];
    expect(response.body.error.details).toEqual({ requestId: id });
    const logged = broken.lines.find((line) => line.level === "error")!;
    expect(logged.message).toContain("secret inside");
    expect(logged.fields["requestId"]).toBe(id);
    broken.folder.remove();
  });
});

test("headers: no server name, no CORS, safe defaults", async () => {
  const { headers } = await request(api.app).get("/livez").set("Origin", "http://elsewhere");
  expect(headers["x-powered-by"]).toBeUndefined();
  expect(headers["access-control-allow-origin"]).toBeUndefined();
  expect(headers["strict-transport-security"]).toBeUndefined();
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["x-frame-options"]).toBe("DENY");
  expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
});

test("each request is one log line without its body or query; probes are for debugging", async () => {
  const start = api.lines.length;
  await request(api.app).post("/api/v1/predictions?token=secret").send({ rows: [] });
  await request(api.app).get("/livez");
  const [first, second] = api.lines.slice(start);
  expect(first).toEqual({
    level: "info",
    message: expect.stringMatching(/^POST \/api\/v1\/predictions 200 [\d.]+ ms$/),
    fields: {
      event: "request",
      requestId: expect.any(String),
      method: "POST",
      path: "/api/v1/predictions",
      status: 200,
      ms: expect.any(Number),
    },
  });
  expect(second?.level).toBe("debug");
  expect(api.lines).toHaveLength(start + 2);
});
