import { readFileSync } from "node:fs";

const packageJson = (path: string): { dependencies: object; exports?: object } =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as { dependencies: object };

test("depends on what it measures and on a command line", () => {
  expect(Object.keys(packageJson("../package.json").dependencies)).toEqual([
    "@gillnet/entity",
    "@gillnet/model-bundle",
    "@gillnet/table",
    "@gillnet/trainer",
    "@gillnet/transformation",
    "commander",
    "decision-tree",
    "ml-cart",
    "ml-random-forest",
    "ml-xgboost",
  ]);
});

test("the peers' versions are pinned", () => {
  const text = readFileSync(new URL("../peers/requirements.txt", import.meta.url), "utf8");
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) expect(line).toMatch(/^[a-z-]+==\d+(\.\d+)+$/);
});
