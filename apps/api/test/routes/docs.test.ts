import request from "supertest";
import { testApp } from "../published-folder.ts";
import type { TestApp } from "../published-folder.ts";

let api: TestApp;
beforeAll(async () => {
  api = await testApp();
});
afterAll(() => api.folder.remove());

test("the page runs no script of its own text and loads everything from here", async () => {
  const { text, headers } = await request(api.app).get("/docs").expect(200);
  expect(text).not.toMatch(/<script>|<style|style="|\son\w+=|https?:/);
  const policy = headers["content-security-policy"]!;
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("default-src 'none';");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  const loaded = [...text.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)].map((match) => match[1]!);
  expect(loaded).toHaveLength(4);
  for (const path of loaded) {
    const file = await request(api.app).get(path).expect(200);
    expect([path, file.type]).toEqual([
      path,
      path.endsWith(".css") ? "text/css" : "text/javascript",
    ]);
    // Other pages' policy holds for the files themselves.
    expect(file.headers["content-security-policy"]).not.toContain("'self';style");
  }
});

test("no other page's policy is any looser", async () => {
  const { headers } = await request(api.app).get("/");
  expect(headers["content-security-policy"]).not.toContain("script-src");
});

test("Swagger UI's files are revalidated, not loaded anew", async () => {
  const first = await request(api.app).get("/docs/swagger-ui.css").expect(200);
  await request(api.app)
    .get("/docs/swagger-ui.css")
    .set("If-None-Match", first.headers["etag"]!)
    .expect(304);
});

test.each(["package.json", "..%2fpackage.json", "index.html", "%00", "swagger-ui.css%00"])(
  "no other file of the package is there: %s",
  async (file) => {
    const { status, body } = await request(api.app).get(`/docs/${file}`);
    expect([status, body.error.code]).toEqual([404, "API_NOT_FOUND"]);
  },
);
