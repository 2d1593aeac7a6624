import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

import { withCollection } from "../../src/mongodb/with-collection.ts";

const names = { database: "gillnet", collection: "rows" };
const never = (): Promise<never> => Promise.reject(new Error("It connected"));

test.each([
  ["no scheme", "u:secret-word@localhost:27017"],
  ["another scheme", "http://u:secret-word@localhost"],
  ["no host", "mongodb://u:secret-word@"],
  ["an @ in the password", "mongodb://u:secret-word@x@localhost"],
  ["a slash in the password", "mongodb://u:secret-word/x@localhost"],
  ["a colon in the password", "mongodb://u:secret-word:x@localhost"],
  ["a percent sign that starts nothing", "mongodb://u:secret-word%zz@localhost"],
  ["an option that is none", "mongodb://u:secret-word@localhost/?no=1"],
  ["a port that is none", "mongodb://u:secret-word@localhost:99999"],
  ["a certificate that is not there", "mongodb://u:secret-word@localhost/?tls=true&tlsCAFile=/no"],
])("a URL with %s is refused without a word of the password", async (_name, url) => {
  const opening = withCollection({ ...names, url }, new AbortController().signal, never);
  const error = await opening.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "INGESTION_MONGODB_URL", name: "PipelineError" });
  const { message, stack, cause } = error as Error;
  expect(cause).toBeUndefined();
  expect(`${message}${stack}`).not.toContain("secret-word");
});

test("an abort ends the wait for a server that says nothing", async () => {
  const stop = new AbortController();
  const reason = new Error("enough");
  const server = createServer(() => stop.abort(reason));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const url = `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(withCollection({ ...names, url }, stop.signal, never)).rejects.toBe(reason);
    await expect(withCollection({ ...names, url }, stop.signal, never)).rejects.toBe(reason);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

test("the driver is loaded only to connect", async () => {
  const folder = new URL("../../src/", import.meta.url);
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".ts"));
  for (const file of files) {
    const text = await readFile(new URL(file, folder), "utf8");
    expect({ file, loads: /^(?:import|export) (?!type\b).*from "mongodb"/m.test(text) }).toEqual({
      file,
      loads: false,
    });
  }
});
