import { readdir, readFile } from "node:fs/promises";
import { configErrors } from "../../src/config/errors.ts";

test("codes are sorted, and every code is used somewhere in the sources", async () => {
  const codes = Object.keys(configErrors);
  expect(codes).toEqual(codes.toSorted());
  const folder = new URL("../../src/config/", import.meta.url);
  const files = (await readdir(folder)).filter((file) => file !== "errors.ts");
  const sources = await Promise.all(files.map((file) => readFile(new URL(file, folder), "utf8")));
  const used = new Set(sources.join("\n").match(/(?<=")CONFIG_[A-Z_]+[A-Z](?=")/g));
  expect([...used].sort()).toEqual(codes);
});
