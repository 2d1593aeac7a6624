import { readdir, readFile } from "node:fs/promises";
import { trackingErrors } from "../src/errors.ts";

test("the table lists the codes that the package throws, in order", async () => {
  const folder = new URL("../src/", import.meta.url);
  const files = (await readdir(folder)).filter((file) => file !== "errors.ts");
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), "utf8")));
  const thrown = new Set(texts.flatMap((text) => text.match(/(?<=")TRACKING_\w+(?=")/g) ?? []));
  expect(Object.keys(trackingErrors)).toEqual([...thrown].sort());
});
