import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { join } from "node:path";

import { contentFingerprint } from "../../src/fingerprint.ts";
import type { UciDataset } from "../../src/params.ts";
import { downloadUci, resolveUci } from "../../src/sources/uci.ts";
import type { DownloadOptions } from "../../src/sources/uci.ts";
import { numeric, tableOf } from "../tables.ts";
import { environmentIn, fetchFrom, inFolder, noFetch, withServer } from "./world.ts";

// As the repository serves tables: lower-cased names, one of them spelt otherwise, CRLF, no end of line at
// the end of the file.
const csv = "edgelength,port,result\r\n1,-1,1\r\n0,1,-1\r\n1,-1,1";
const dataset: UciDataset = {
  id: 327,
  name: "Toy",
  fingerprint: contentFingerprint(
    tableOf(
      numeric("Port", [1, -1, -1]),
      numeric("Result", [-1, 1, 1]),
      numeric("Edge_Lenght", [0, 1, 1]),
    ),
  ),
  rename: { edgelength: "Edge_Lenght", notthere: "neither" },
};

const answer =
  (body: string | Buffer, type = "text/csv"): RequestListener =>
  (_request, response) => {
    response.writeHead(200, { "content-type": type }).end(body);
  };

/** Downloads from a server that answers with `listener`; gives the cache folder's files too. */
async function download(
  listener: RequestListener,
  options: DownloadOptions = {},
): Promise<{ result: unknown; files: string[] }> {
  return withServer(listener, (baseUrl) =>
    inFolder(async (folder) => {
      const environment = environmentIn(folder, { fetch });
      const result: unknown = await downloadUci(dataset, environment, {
        baseUrl,
        ...options,
      }).catch((error: unknown) => error);
      return { result, files: await readdir(environment.cacheFolder).catch(() => []) };
    }),
  );
}

describe("downloadUci", () => {
  test("puts the file into the cache folder, byte for byte", async () => {
    const requests: unknown[] = [];
    await withServer(
      (request, response) => {
        requests.push(request.url);
        answer(csv)(request, response);
      },
      (baseUrl) =>
        inFolder(async (folder) => {
          const environment = environmentIn(folder, { fetch });
          const path = await downloadUci(dataset, environment, { baseUrl });
          expect(path).toBe(join(folder, "cache", "uci-327.csv"));
          expect(await readFile(path, "utf8")).toBe(csv);
          expect(await readdir(environment.cacheFolder)).toEqual(["uci-327.csv"]);
        }),
    );
    expect(requests).toEqual(["/static/public/327/data.csv"]);
  });

  const failures: [string, RequestListener, DownloadOptions, string][] = [
    [
      "a missing page",
      (_request, response) => response.writeHead(404).end("not here"),
      {},
      "the server answered with status 404",
    ],
    ["no answer", () => undefined, { timeoutMs: 50 }, "it took longer than 0.05 s"],
    [
      "an answer that stops coming",
      (_request, response) => response.write(csv.slice(0, 10)),
      { timeoutMs: 100 },
      "it took longer than 0.1 s",
    ],
    [
      "an answer cut short",
      (_request, response) => {
        response.writeHead(200, { "content-length": 1000 });
        response.write(csv, () => response.destroy());
      },
      {},
      "Could not download",
    ],
    [
      "a large answer",
      answer(Buffer.alloc(2 * 1024 * 1024, "1,2\n")),
      { maximumBytes: 1024 * 1024 },
      "the answer is larger than 1 MB",
    ],
    [
      "a web page",
      answer("<html>Sign in</html>", "text/html"),
      {},
      "the answer is a web page; is there a sign-in page",
    ],
    ["an empty answer", answer(""), {}, "the answer is no table"],
    [
      "a binary answer",
      answer(Buffer.from([80, 75, 3, 4, 0, 0, 0, 255])),
      {},
      "the answer is no table",
    ],
  ];
  test.each(failures)("%s fails and leaves nothing", async (_name, listener, options, message) => {
    const { result, files } = await download(listener, options);
    expect(result).toMatchObject({
      code: "INGESTION_UCI_DOWNLOAD",
      message: expect.stringContaining(message),
    });
    expect(files).toEqual([]);
  });

  test("no server fails with the reason", async () => {
    const baseUrl = await withServer(answer(csv), (address) => Promise.resolve(address));
    await inFolder(async (folder) => {
      await expect(
        downloadUci(dataset, environmentIn(folder, { fetch }), { baseUrl }),
      ).rejects.toMatchObject({
        code: "INGESTION_UCI_DOWNLOAD",
        message: expect.stringContaining("ECONNREFUSED"),
      });
    });
  });

  test("takes the declared content whatever type the server says it has", async () => {
    const { result, files } = await download(answer(csv, "text/html"));
    expect(result).toEqual(expect.stringContaining("uci-327.csv"));
    expect(files).toEqual(["uci-327.csv"]);
  });

  test("another content is refused with both fingerprints, and not cached", async () => {
    const { result, files } = await download(answer(csv.replace("-1,1\r\n", "-1,-1\r\n")));
    expect(result).toMatchObject({
      code: "INGESTION_UCI_FINGERPRINT",
      message: expect.stringContaining(dataset.fingerprint),
      details: { declared: dataset.fingerprint, found: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(files).toEqual([]);
  });

  test("a failure leaves an earlier file as it was", async () => {
    await withServer(answer("a,b\n1,2\n"), (baseUrl) =>
      inFolder(async (folder) => {
        const environment = environmentIn(folder, { fetch });
        await mkdir(environment.cacheFolder);
        await writeFile(join(environment.cacheFolder, "uci-327.csv"), csv);
        await expect(downloadUci(dataset, environment, { baseUrl })).rejects.toMatchObject({
          code: "INGESTION_UCI_FINGERPRINT",
        });
        expect(await readdir(environment.cacheFolder)).toEqual(["uci-327.csv"]);
        expect(await readFile(join(environment.cacheFolder, "uci-327.csv"), "utf8")).toBe(csv);
      }),
    );
  });

  test("an abort ends it with the signal's reason", async () => {
    const controller = new AbortController();
    await withServer(
      () => controller.abort(new Error("Ctrl-C")),
      (baseUrl) =>
        inFolder(async (folder) => {
          const environment = environmentIn(folder, { fetch, signal: controller.signal });
          await expect(downloadUci(dataset, environment, { baseUrl })).rejects.toThrow("Ctrl-C");
          expect(await readdir(folder)).toEqual([]);
        }),
    );
  });
});

describe("resolveUci", () => {
  test("downloads once, then takes the cache", async () => {
    await inFolder(async (folder) => {
      const first = await withServer(answer(csv), (baseUrl) =>
        resolveUci(dataset, environmentIn(folder, { fetch: fetchFrom(baseUrl) })),
      );
      const second = await resolveUci(dataset, environmentIn(folder, { fetch: noFetch }));
      expect(second).toEqual(first);
      expect(first).toMatchObject({
        description: { kind: "uci", name: "Toy (UCI 327)", synthetic: false },
        inputHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        notes: [],
      });
    });
  });

  test("refuses a cached file that was changed", async () => {
    await inFolder(async (folder) => {
      const environment = environmentIn(folder);
      await mkdir(environment.cacheFolder);
      await writeFile(join(environment.cacheFolder, "uci-327.csv"), csv.replace("0,1", "0,0"));
      await expect(resolveUci(dataset, environment)).rejects.toMatchObject({
        code: "INGESTION_UCI_FINGERPRINT",
      });
    });
  });
});
