import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import request from "supertest";
import { webAssets, webPage } from "../src/web-page.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gillnet-web-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>Gillnet</title>");
  writeFileSync(join(folder, "assets", "index-abc.js"), "export {};");
});
afterAll(() => rmSync(folder, { recursive: true }));

const app = () => express().use("/assets", webAssets(folder)).get("/", webPage(folder));

test("the page is asked for again each time, and may load nothing from elsewhere", async () => {
  const { headers, text } = await request(app()).get("/").expect(200);
  expect(text).toContain("Gillnet");
  expect(headers["cache-control"]).toBe("no-cache");
  expect(headers["content-security-policy"]).toContain("default-src 'none'");
  expect(headers["content-security-policy"]).toContain("script-src 'self'");
  expect(headers["content-security-policy"]).not.toContain("unsafe");
});

test("files that are named by their content are kept by browsers for good", async () => {
  const { headers } = await request(app()).get("/assets/index-abc.js").expect(200);
  expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
});

test("no file outside the page's folder is served", async () => {
  await request(app()).get("/assets/../index.html").expect(404);
  await request(app()).get("/assets/%2e%2e/index.html").expect(404);
  await request(app()).get("/assets/").expect(404);
});
