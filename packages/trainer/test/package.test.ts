import { readFileSync } from "node:fs";

import * as entry from "../src/index.ts";
import * as params from "../src/params.ts";

test("offers one verb and its errors, and its settings by a door of their own", () => {
  expect(Object.keys(entry).sort()).toEqual(["fitClassifier", "train", "trainerErrors"]);
  expect(Object.keys(params)).toEqual(["trainerParamsSchema"]);
});

test("depends on the packages beneath it, and for one family on TensorFlow.js", () => {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const { dependencies } = JSON.parse(text) as { dependencies: object };
  expect(Object.keys(dependencies)).toEqual([
    "@gillnet/entity",
    "@gillnet/model-bundle",
    "@gillnet/table",
    "@tensorflow/tfjs-backend-wasm",
    "@tensorflow/tfjs-core",
    "@tensorflow/tfjs-layers",
  ]);
});
