import { readFileSync } from "node:fs";

import * as entry from "../src/index.ts";

test("offers one verb, its params and its errors", () => {
  expect(Object.keys(entry).sort()).toEqual(["train", "trainerErrors", "trainerParamsSchema"]);
});

test("depends on the packages beneath it alone", () => {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const { dependencies } = JSON.parse(text) as { dependencies: object };
  expect(Object.keys(dependencies)).toEqual([
    "@gillnet/entity",
    "@gillnet/model-bundle",
    "@gillnet/table",
  ]);
});
