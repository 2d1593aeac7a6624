import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataFetchCommand } from "../../src/commands/data-fetch.ts";
import { NO_FLAGS, smallApp, uciConfig } from "./small-app.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "data-fetch-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const TABLE = "a,y\n1,1\n2,0\n";
const serve = (): Promise<Response> =>
  Promise.resolve(new Response(TABLE, { headers: { "content-type": "text/csv" } }));

async function fetchWith(fingerprint: string, fetch: typeof globalThis.fetch): Promise<string> {
  await writeFile(join(folder, "pipeline.yaml"), uciConfig(fingerprint));
  const { app, written } = smallApp(folder, fetch);
  await dataFetchCommand(NO_FLAGS, app);
  return written.out;
}

test("keeps the table only when its content is the declared one", async () => {
  let found = "";
  await fetchWith("a".repeat(64), serve).catch((error: unknown) => {
    const { code, details } = error as { code: string; details: { found: string } };
    expect(code).toBe("INGESTION_UCI_FINGERPRINT");
    found = details.found;
  });
  expect(await readdir(join(folder, "artifacts/cache"))).toEqual([]);
  const file = join(folder, "artifacts/cache/uci-9.csv");
  expect(await fetchWith(found, serve)).toBe(
    `Nine (UCI 9) is in ${file}; its content is the declared one.\n`,
  );
  expect(await readFile(file, "utf8")).toBe(TABLE);
});

test("says when there is no network", async () => {
  const fetching = fetchWith("a".repeat(64), () => Promise.reject(new TypeError("fetch failed")));
  await expect(fetching).rejects.toMatchObject({ code: "INGESTION_UCI_DOWNLOAD" });
});
