import { readdir, readFile } from "node:fs/promises";

import { benchErrors } from "../src/errors.ts";

test("the table lists the codes that the package throws, in order", async () => {
  const folder = new URL("../src/", import.meta.url);
  const files = (await readdir(folder, { recursive: true })).filter(
    (file) => file.endsWith(".ts") && file !== "errors.ts",
  );
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), "utf8")));
  const thrown = new Set(texts.flatMap((text) => text.match(/(?<=")BENCH_\w+(?=")/g) ?? []));
  expect(Object.keys(benchErrors)).toEqual([...thrown].sort());
});
