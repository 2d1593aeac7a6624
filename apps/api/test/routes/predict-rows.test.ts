import { predictRows } from "@gillnet/model-bundle";
import request from "supertest";
import type { Response } from "supertest";
import { smallBundle, testApp } from "../published-folder.ts";
import type { TestApp } from "../published-folder.ts";

let api: TestApp;
beforeAll(async () => {
  api = await testApp(smallBundle(), { limits: { jsonRows: 300, jsonBytes: 50_000 } });
});
afterAll(() => api.folder.remove());

function predict(body: unknown): request.Test {
  return request(api.app)
    .post("/api/v1/predictions")
    .send(body as object);
}

function expectError(response: Response, status: number, code: string, message?: string): void {
  expect([response.status, response.body.error?.code]).toEqual([status, code]);
  if (message !== undefined) expect(response.body.error.message).toBe(message);
}

const GOOD = { https: 1, length: 20, country: "NL" };

test("exactly the model's own predictions, in order, whatever the number of rows", async () => {
  const rows = Array.from({ length: 300 }, (_, row) => ({
    https: (row % 3) - 1,
    length: row * 13,
    country: row % 2 === 0 ? "NL" : "US",
  }));
  const response = await predict({ rows }).expect(200);
  expect(response.body).toEqual({
    model: { name: "phishing", version: 1 },
    predictions: predictRows(smallBundle(), rows).map(({ label, probability, verdict }) => ({
      label,
      probability,
      verdict,
    })),
  });
});

test("a row with a fatal problem has null and an error; the others have their predictions", async () => {
  const response = await predict({
    rows: [GOOD, { ...GOOD, https: 7 }, { ...GOOD, length: "long" }, {}, { https: 1 }],
  }).expect(200);
  const [good, notAllowed, notNumber, empty, missing] = response.body.predictions;
  expect(good).toEqual({ label: 1, probability: expect.any(Number), verdict: "legitimate" });
  expect(notAllowed).toMatchObject({
    label: null,
    probability: null,
    verdict: null,
    error: { code: "VALUE_NOT_ALLOWED", column: "https", row: 2 },
  });
  expect(notNumber.error).toMatchObject({ code: "NOT_A_NUMBER", column: "length", row: 3 });
  expect(empty.error).toMatchObject({ code: "MISSING", column: "", row: 4 });
  expect(missing.label).toBe(1);
  expect(missing.error).toBeUndefined();
  expect(missing.problems.map((problem: { column: string }) => problem.column)).toEqual([
    "length",
    "country",
  ]);
});

test("strict refuses the request at any problem and names row and column", async () => {
  await predict({ rows: [GOOD, GOOD], strict: true }).expect(200);
  const response = await predict({
    rows: [GOOD, { ...GOOD, https: 7 }, { https: 1 }],
    strict: true,
  });
  expectError(response, 422, "API_ROWS_REFUSED");
  expect(response.body.error.message).toMatch(/^Row 2: Column 'https'/);
  expect(response.body.error.details).toMatchObject({ row: 2, column: "https", count: 3 });
  expect(
    response.body.error.details.problems.map(({ row, column, code }: Record<string, unknown>) => [
      row,
      column,
      code,
    ]),
  ).toEqual([
    [2, "https", "VALUE_NOT_ALLOWED"],
    [3, "length", "MISSING"],
    [3, "country", "MISSING"],
  ]);
});

test("a row's own id is handed back", async () => {
  const response = await predict({
    rows: [{ ...GOOD, id: "a-1" }, { ...GOOD, id: 7 }, { ...GOOD, id: { x: 1 } }, GOOD],
  }).expect(200);
  expect(response.body.predictions.map((row: { id?: unknown }) => row.id)).toEqual([
    "a-1",
    7,
    undefined,
    undefined,
  ]);
});

test("a body that holds __proto__ does no harm", async () => {
  const response = await request(api.app)
    .post("/api/v1/predictions")
    .type("json")
    .send('{"rows":[{"__proto__":{"https":1,"length":20},"country":"NL"}]}')
    .expect(200);
  expect(
    response.body.predictions[0].problems.map((problem: { column: string }) => problem.column),
  ).toEqual(["https", "length"]);
  expect(({} as Record<string, unknown>)["https"]).toBeUndefined();
});

test("no rows, no predictions", async () => {
  expect((await predict({ rows: [] }).expect(200)).body.predictions).toEqual([]);
});

test.each([
  [[], "The body must be a JSON object"],
  [{}, "rows must be an array, got nothing"],
  [{ rows: null }, "rows must be an array, got null"],
  [{ rows: { a: 1 } }, "rows must be an array, got a object"],
  [{ rows: [GOOD, 3] }, "Row 2 must be an object, got a number"],
  [{ rows: [GOOD, [1]] }, "Row 2 must be an object, got an array"],
  [{ rows: [GOOD, null] }, "Row 2 must be an object, got null"],
  [{ rows: [GOOD], strict: "yes" }, "strict must be true or false, got a string"],
  [{ rows: [GOOD], stict: true }, "The body has a member 'stict'; rows and strict are read"],
  [{ rows: [GOOD], explain: true }, "explain must be false: this server gives no explanations"],
])("%j is refused", async (body, message) => {
  expectError(await predict(body), 400, "API_BODY_BAD", message);
});

test("explain may be false", async () => {
  await predict({ rows: [GOOD], explain: false }).expect(200);
});

test("malformed JSON, another content type, too many bytes, too many rows", async () => {
  const post = (type: string, body: string): request.Test =>
    request(api.app).post("/api/v1/predictions").set("Content-Type", type).send(body);
  expectError(await post("application/json", '{"rows":['), 400, "API_JSON_BAD");
  expectError(await post("application/json", '"text"'), 400, "API_JSON_BAD");
  expectError(await post("text/csv", "a,b\n1,2\n"), 415, "API_CONTENT_TYPE");
  expectError(await request(api.app).post("/api/v1/predictions"), 415, "API_CONTENT_TYPE");
  expectError(await post("application/json; charset=latin1", "{}"), 415, "API_CONTENT_TYPE");
  expectError(await post("application/json", `"${"x".repeat(50_000)}"`), 413, "API_BODY_TOO_LARGE");
  expectError(
    await predict({ rows: Array.from({ length: 301 }, () => ({})) }),
    413,
    "API_BODY_TOO_LARGE",
  );
});

test("deep and wide cells are problems of their row, not of the server", async () => {
  const deep = `${"[".repeat(5000)}${"]".repeat(5000)}`;
  const response = await request(api.app)
    .post("/api/v1/predictions")
    .type("json")
    .send(`{"rows":[{"https":${deep},"length":{"a":1},"country":[1]}]}`)
    .expect(200);
  expect(response.body.predictions[0].label).toBeNull();
});
