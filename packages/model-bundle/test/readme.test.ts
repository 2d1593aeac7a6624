import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeBundle, encodeBundle, predictRows } from "../src/index.ts";
import { FOREST_BUNDLE } from "./sample-bundle.ts";

test("the README's example is this code, and says what comes out", () => {
  const bytes = encodeBundle(FOREST_BUNDLE);

  const bundle = decodeBundle(bytes);
  const [good, bad] = predictRows(bundle, [
    { length: "10", country: "NL", certificate: -1 },
    { length: "ten", country: "NL", certificate: -1 },
  ]);

  expect(good).toEqual({ label: -1, probability: 0.95, verdict: "phishing", problems: [] });
  expect(bad).toMatchObject({ label: null, probability: null, verdict: null });
  const [problem] = bad?.problems ?? [];
  const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
  expect(readme).toContain(`message: "${problem?.message}"`);

  const example = /```ts\n(.*?)\n\/\//s.exec(readme)?.[1];
  const code = readFileSync(join(import.meta.dirname, "readme.test.ts"), "utf8");
  expect(code.replaceAll("\n  ", "\n")).toContain(example);
});
