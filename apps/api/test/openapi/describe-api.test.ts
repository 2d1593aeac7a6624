import request from "supertest";
import { apiErrors } from "../../src/errors.ts";
import { defaultLimits } from "../../src/limits.ts";
import { describeApi } from "../../src/openapi/describe-api.ts";
import { Description } from "../description.ts";
import { PublishedFolder, SAMPLE, smallBundle, testApp } from "../published-folder.ts";
import type { TestApp } from "../published-folder.ts";

let api: TestApp;
let synthetic: TestApp;
let empty: TestApp;
let described: Description;
beforeAll(async () => {
  api = await testApp(smallBundle(), {
    limits: { jsonRows: 5, jsonBytes: 2000, uploadBytes: 2000 },
  });
  synthetic = await testApp(smallBundle(), { synthetic: true, sample: null });
  empty = await testApp(null);
  described = await descriptionOf(api);
});
afterAll(() => {
  for (const { folder } of [api, synthetic, empty]) folder.remove();
});

async function descriptionOf(app: TestApp): Promise<Description> {
  const { body, type } = await request(app.app).get("/openapi.json").expect(200);
  expect(type).toBe("application/json");
  return new Description(body);
}

/** `GET /livez` for every route of the app, as Express has them. */
function routesOf(app: TestApp["app"]): string[] {
  return app.router.stack
    .flatMap(({ route }) => {
      if (route === undefined) return [];
      const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
      const methods = new Set(
        route.stack.map(({ method }) => method).filter((method) => method !== undefined),
      );
      return [...methods].map((method) => `${method.toUpperCase()} ${path}`);
    })
    .sort();
}

test("every route is described, and every description is a route", () => {
  expect(described.operations).toEqual(routesOf(api.app));
  expect(routesOf(api.app).length).toBeGreaterThan(10);
});

test("every code that an answer may carry stands at some route, or in the introduction", () => {
  const text = JSON.stringify(described.document);
  // Said when the server can't start, and so to nobody over HTTP.
  const elsewhere = new Set(["API_ADDRESS_UNUSABLE", "API_CONFIG_BAD", "API_VERSION_UNUSABLE"]);
  const missing = Object.keys(apiErrors).filter(
    (code) => !elsewhere.has(code) && !text.includes(`\`${code}\``) && !text.includes(`is ${code}`),
  );
  expect(missing).toEqual([]);
});

test("it is OpenAPI: names are given once, parameters stand in paths, references lead somewhere", () => {
  expect(described.document["openapi"]).toBe("3.1.0");
  const text = JSON.stringify(described.document);
  const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map((match) => match[1]);
  expect(new Set(ids).size).toBe(described.operations.length);
  for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) {
    expect([name, described.at("components", "schemas", name!)]).toEqual([name, expect.anything()]);
  }
  for (const [path, methods] of Object.entries(described.at("paths")!)) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    for (const operation of Object.values(
      methods as Record<string, { parameters?: { in: string; name: string }[] }>,
    )) {
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
      expect(declared.map(({ name }) => name)).toEqual(inPath);
    }
  }
});

test("every example fits its schema", async () => {
  let checked = 0;
  const walk = (description: Description, pointer: string[]): void => {
    const value = description.at(...pointer);
    if (typeof value !== "object" || value === null) return;
    if ("schema" in value && ("example" in value || "examples" in value)) {
      const examples =
        "example" in value
          ? [value["example"]]
          : Object.values(value["examples"] as Record<string, { value: unknown }>).map(
              (example) => example.value,
            );
      for (const example of examples) {
        checked++;
        const problems = description.problems(example, ...pointer, "schema");
        expect({ pointer, problems }).toEqual({ pointer, problems: [] });
      }
      return;
    }
    for (const name of Object.keys(value)) walk(description, [...pointer, name]);
  };
  for (const app of [api, synthetic, empty]) walk(await descriptionOf(app), ["paths"]);
  expect(checked).toBeGreaterThan(100);
});

describe("real answers are as described", () => {
  const get = async (app: TestApp, path: string): Promise<void> => {
    (await descriptionOf(app)).expectDescribed("get", path, await request(app.app).get(path));
  };
  const rows = async (app: TestApp, body: string, type = "application/json"): Promise<number> => {
    const response = await request(app.app)
      .post("/api/v1/predictions")
      .set("Content-Type", type)
      .send(body);
    (await descriptionOf(app)).expectDescribed("post", "/api/v1/predictions", response);
    return response.status;
  };
  const upload = async (
    app: TestApp,
    csv: string,
    accept = "application/json",
    field = "file",
  ): Promise<number> => {
    const response = await request(app.app)
      .post("/predict")
      .set("Accept", accept)
      .attach(field, Buffer.from(csv), "rows.csv");
    (await descriptionOf(app)).expectDescribed("post", "/predict", response);
    return response.status;
  };

  test("of everything that is got", async () => {
    for (const app of [api, synthetic, empty]) {
      for (const path of [
        "/",
        "/livez",
        "/readyz",
        "/api/v1/model",
        "/sample.csv",
        "/openapi.json",
        "/docs",
      ]) {
        await get(app, path);
      }
    }
  });

  test("of a version that stays because the next one is broken", async () => {
    const broken = await testApp();
    broken.folder.publish(2, smallBundle(1), { corrupt: true });
    await broken.live.refresh();
    const response = await request(broken.app).get("/readyz").expect(200);
    expect(response.body.problem.code).toBe("API_VERSION_UNUSABLE");
    described.expectDescribed("get", "/readyz", response);
    broken.folder.remove();
  });

  test("of JSON rows, good and bad", async () => {
    const good = '{"https":1,"length":20,"country":"NL","id":7}';
    const bad = '{"https":5,"length":"x","country":"FR"}';
    expect(await rows(api, `{"rows":[${good},${bad},{}]}`)).toBe(200);
    expect(await rows(api, `{"rows":[${bad}],"strict":true}`)).toBe(422);
    expect(await rows(api, '{"rows":1}')).toBe(400);
    expect(await rows(api, "{")).toBe(400);
    expect(await rows(api, `{"rows":[{},{},{},{},{},{}]}`)).toBe(413);
    expect(await rows(api, " ".repeat(2001))).toBe(413);
    expect(await rows(api, "a", "text/plain")).toBe(415);
    expect(await rows(empty, '{"rows":[]}')).toBe(503);
  });

  test("of files, good and bad", async () => {
    expect(await upload(api, `${SAMPLE}1,2\n9,9,9\n`)).toBe(200);
    expect(await upload(api, SAMPLE, "text/csv")).toBe(200);
    expect(await upload(api, SAMPLE, "text/html")).toBe(200);
    expect(await upload(api, "https\n1\n")).toBe(400);
    expect(await upload(api, "")).toBe(400);
    expect(await upload(api, 'https,length,country\n"1')).toBe(400);
    expect(await upload(api, SAMPLE.padEnd(2001))).toBe(413);
    expect(await upload(api, SAMPLE, "image/png")).toBe(406);
    expect(await upload(api, SAMPLE, "application/json", "other")).toBe(400);
    expect(await upload(empty, SAMPLE)).toBe(503);
  });

  test("of the docs' files", async () => {
    const file = described.at("paths", "/docs/{file}", "get") as unknown as {
      parameters: { schema: { enum: string[] } }[];
    };
    const names = file.parameters[0]!.schema.enum;
    expect(names.length).toBe(4);
    for (const name of [...names, "index.html"]) {
      described.expectDescribed("get", "/docs/{file}", await request(api.app).get(`/docs/${name}`));
    }
  });
});

describe("rows", () => {
  const row = (value: unknown): string[] =>
    described.problems(value, "components", "schemas", "Row");

  test("are described by the live model's features", () => {
    expect(described.at("components", "schemas", "Row", "properties")).toEqual({
      id: expect.anything(),
      https: { type: ["number", "null"], enum: [-1, 0, 1, null] },
      length: { type: ["number", "null"], minimum: 0, maximum: 5000 },
      country: {
        type: ["string", "number", "boolean", "null"],
        description: "Known from training: 'DE', 'NL', 'US'. Any other counts as missing.",
        examples: ["DE", "NL", "US"],
      },
    });
    expect(row({ https: 0, length: 5000, country: null, other: [] })).toEqual([]);
    expect(row({ https: 2 })).not.toEqual([]);
    expect(row({ length: 5001 })).not.toEqual([]);
  });

  test("what the schema takes is predicted", async () => {
    for (const https of [-1, 0, 1, null]) {
      for (const length of [0, 5000, null]) {
        for (const country of ["DE", "elsewhere", 1, true, null]) {
          const given = { https, length, country };
          expect(row(given)).toEqual([]);
          const { body } = await request(api.app)
            .post("/api/v1/predictions")
            .send({ rows: [given] });
          expect([given, body.predictions[0].label]).toEqual([given, expect.any(Number)]);
        }
      }
    }
  });

  test("a new version changes them", async () => {
    const folder = new PublishedFolder();
    const changing = await testApp();
    const before = await request(changing.app).get("/openapi.json");
    changing.folder.publish(
      2,
      smallBundle(0, [
        { kind: "categorical", name: "id", categories: ["a", "b"], values: ["a", "b", "c"] },
        { kind: "numeric", name: "__proto__" },
      ]),
    );
    await changing.live.refresh();
    const after = await request(changing.app).get("/openapi.json");
    expect(after.headers["etag"]).not.toBe(before.headers["etag"]);
    const { Row } = JSON.parse(after.text).components.schemas;
    expect(Object.entries(Row.properties)).toEqual([
      ["id", { type: ["string", "null"], enum: ["a", "b", "c", null] }],
      ["__proto__", { type: ["number", "null"] }],
    ]);
    changing.folder.remove();
    folder.remove();
  });

  test("without a model they are any objects", () => {
    const bare = new Description(describeApi(null, defaultLimits));
    expect(bare.problems({ anything: [1] }, "components", "schemas", "Row")).toEqual([]);
    expect(bare.problems(1, "components", "schemas", "Row")).not.toEqual([]);
  });
});
