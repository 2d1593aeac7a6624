import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { apiErrors } from "../src/errors.ts";

const folder = join(import.meta.dirname, "../src");
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && name !== "errors.ts")
  .map((name) => readFileSync(join(folder, name), "utf8"))
  .join("\n");
const codes = Object.keys(apiErrors);

test("codes stand in alphabetical order", () => {
  expect(codes).toEqual(codes.toSorted());
});

test("every code is used, and every code that is used is in the table", () => {
  const used = new Set([...sources.matchAll(/"(API_[A-Z_]+)"/g)].map((match) => match[1]!));
  expect([...used].sort()).toEqual(codes.toSorted());
});

test.each(Object.entries(apiErrors))("%s has a status, a meaning and a remedy", (_code, entry) => {
  expect(entry.status).toBeGreaterThanOrEqual(400);
  expect(entry.meaning).toMatch(/^[A-Z].*\.$/);
  expect(entry.remedy).toMatch(/^[A-Z].*\.$/);
});
