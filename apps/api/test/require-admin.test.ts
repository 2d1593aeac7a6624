import request from "supertest";
import { testApp } from "./published-folder.ts";
import { Trainer } from "../src/training/trainer.ts";

const TOKEN = "correct-horse-battery";

test("training is off without a token, whatever the request carries", async () => {
  const api = await testApp();
  for (const response of [
    await request(api.app).post("/api/v1/train").set("Authorization", "Bearer "),
    await request(api.app).post("/api/v1/train").set("Authorization", "Bearer null"),
    await request(api.app).get("/api/v1/train/x"),
    await request(api.app).get("/api/v1/train/x/events"),
  ]) {
    expect([response.status, response.body.error.code]).toEqual([404, "API_TRAINING_OFF"]);
    expect(response.body.error.hint).toContain("GILLNET_ADMIN_TOKEN");
  }
  api.folder.remove();
});

test.each([
  ["no header", undefined],
  ["another scheme", `Basic ${TOKEN}`],
  ["no token", "Bearer"],
  ["the start of the token", `Bearer ${TOKEN.slice(0, -1)}`],
  ["more than the token", `Bearer ${TOKEN}y`],
  ["another token", "Bearer wrong-horse-battery!"],
  ["the token twice", `Bearer ${TOKEN} ${TOKEN}`],
])("%s: 401, logged without what was given", async (_name, header) => {
  const options = { command: "/none", configFile: "/none", environment: {} };
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const api = await testApp(null, {
    training: { token: TOKEN, trainer: new Trainer({ ...options, logger }) },
  });
  const call = request(api.app).post("/api/v1/train").set("X-Forwarded-For", "1.2.3.4");
  if (header !== undefined) call.set("Authorization", header);
  const response = await call.send('{"no JSON');
  expect([response.status, response.body.error.code]).toEqual([401, "API_UNAUTHORIZED"]);
  expect(response.headers["www-authenticate"]).toBe('Bearer realm="gillnet"');
  const line = api.lines.find(({ level }) => level === "warn");
  expect(line?.fields).toEqual({
    event: "admin.refused",
    requestId: response.headers["x-request-id"],
    address: expect.stringContaining("127.0.0.1"),
  });
  expect(JSON.stringify(api.lines)).not.toMatch(/horse/);
  api.folder.remove();
});
