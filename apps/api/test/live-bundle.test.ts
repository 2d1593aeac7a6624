import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { predictRows } from "@gillnet/model-bundle";
import request from "supertest";
import { LiveBundle } from "../src/live-bundle.ts";
import {
  keepingLogger,
  PublishedFolder,
  sha256,
  smallBundle,
  testApp,
} from "./published-folder.ts";
import type { PublishOptions } from "./published-folder.ts";

let folder: PublishedFolder;
let logger: ReturnType<typeof keepingLogger>;
beforeEach(() => {
  folder = new PublishedFolder();
  logger = keepingLogger();
});
afterEach(() => folder.remove());

const open = (pollMs = 0): Promise<LiveBundle> =>
  LiveBundle.open({ artifactsFolder: folder.path, logger, pollMs });
const warnings = (): string[] =>
  logger.lines.filter((line) => line.level === "warn").map((line) => line.message);

test("nothing published: no model and no problem, until something is", async () => {
  const live = await open();
  expect(live.current).toBeNull();
  expect(live.problem).toBeNull();
  expect(() => live.require()).toThrow(expect.objectContaining({ code: "API_NO_MODEL" }));
  const manifest = folder.publish(1, smallBundle());
  await live.refresh();
  expect(live.require()).toMatchObject({
    name: "phishing",
    version: 1,
    hash: manifest.bundle.sha256,
  });
  expect(live.current?.sample?.toString()).toContain("https,length,country");
});

test("an unchanged version is read once", async () => {
  folder.publish(1, smallBundle());
  const live = await open();
  const first = live.current;
  await live.refresh();
  await live.refresh();
  expect(live.current).toBe(first);
  expect(logger.lines.map((line) => line.message)).toEqual(["Serving phishing version 1"]);
});

test("a new version, and the way back", async () => {
  folder.publish(1, smallBundle());
  const live = await open();
  folder.publish(2, smallBundle(1));
  await live.refresh();
  expect(live.current?.version).toBe(2);
  folder.point('{"version":1}');
  await live.refresh();
  expect(live.current?.version).toBe(1);
});

test("the poll finds a new version by itself", async () => {
  folder.publish(1, smallBundle());
  const live = await open(5);
  folder.publish(2, smallBundle(1));
  while (live.current?.version !== 2) await new Promise((resolve) => setTimeout(resolve, 5));
  live.close();
});

test.each<[string, PublishOptions | (() => void), string]>([
  [
    "a flipped byte",
    { corrupt: true },
    "Version 2 can't be served: the SHA-256 of model.bundle is not the manifest's",
  ],
  [
    "another version's manifest",
    { manifest: { version: 3 } },
    "Version 2 can't be served: manifest.json is that of version 3",
  ],
  [
    "a manifest of a later format",
    { manifest: { format: 2 } },
    "Version 2 can't be served: manifest.json: ",
  ],
  [
    "no bundle",
    () => rmSync(join(folder.path, "published/2/model.bundle")),
    "Version 2 can't be served: model.bundle is missing",
  ],
  [
    "no manifest",
    () => rmSync(join(folder.path, "published/2/manifest.json")),
    "Version 2 can't be served: manifest.json is missing",
  ],
  [
    "a changed sample",
    () => appendFileSync(join(folder.path, "published/2/sample.csv"), "x"),
    "Version 2 can't be served: the SHA-256 of sample.csv is not the manifest's",
  ],
  [
    "no such version",
    () => folder.point('{"version":9}'),
    "Version 9 can't be served: manifest.json is missing",
  ],
  [
    "a path for a version",
    () => folder.point('{"version":"../../etc"}'),
    'live.json names no version: "../../etc"',
  ],
  ["no number", () => folder.point("{}"), "live.json names no version: undefined"],
  ["half a pointer", () => folder.point('{"vers'), "live.json is not JSON"],
  ["no pointer", () => rmSync(join(folder.path, "published/live.json")), "live.json is gone"],
])("%s: the old version stays, and one warning says why", async (_name, fault, message) => {
  folder.publish(1, smallBundle());
  const live = await open();
  if (typeof fault === "function") {
    folder.publish(2, smallBundle(1));
    fault();
  } else folder.publish(2, smallBundle(1), fault);
  await live.refresh();
  await live.refresh();
  expect(live.current?.version).toBe(1);
  expect(live.problem?.message.slice(0, message.length)).toBe(message);
  expect(live.problem?.message).not.toContain(folder.path);
  expect(warnings()).toEqual([`${live.problem?.message}; version 1 stays`]);

  // Put in order, it is taken up.
  folder.publish(2, smallBundle(1));
  await live.refresh();
  expect(live.current?.version).toBe(2);
  expect(live.problem).toBeNull();
});

test("the pointer put back as it was is no news, and no problem any more", async () => {
  folder.publish(1, smallBundle());
  const live = await open();
  rmSync(join(folder.path, "published/live.json"));
  await live.refresh();
  expect(live.problem?.message).toBe("live.json is gone");
  folder.point('{"version":1}');
  await live.refresh();
  expect(live.problem).toBeNull();
  expect(live.current?.version).toBe(1);
});

test("a bundle that is whole but no bundle", async () => {
  folder.publish(1, smallBundle());
  const live = await open();
  const bytes = Buffer.from("not a bundle");
  folder.publish(2, smallBundle(1), {
    manifest: { bundle: { file: "model.bundle", sha256: sha256(bytes), bytes: bytes.length } },
  });
  writeFileSync(join(folder.path, "published/2/model.bundle"), bytes);
  await live.refresh();
  expect(live.problem?.code).toBe("API_VERSION_UNUSABLE");
  expect(live.problem?.message).toMatch(/^Version 2 can't be served: model\.bundle: /);
  expect(live.current?.version).toBe(1);
});

test("/readyz says that a newer version could not be loaded, and predictions go on", async () => {
  const api = await testApp();
  api.folder.publish(2, smallBundle(1), { corrupt: true });
  await api.live.refresh();
  const { body } = await request(api.app).get("/readyz").expect(200);
  expect(body).toEqual({
    status: "ready",
    model: { name: "phishing", version: 1 },
    problem: {
      code: "API_VERSION_UNUSABLE",
      message: "Version 2 can't be served: the SHA-256 of model.bundle is not the manifest's",
    },
  });
  await request(api.app)
    .post("/api/v1/predictions")
    .send({ rows: [{ https: 1 }] })
    .expect(200);
  api.folder.remove();
});

test("versions are swapped whole while requests run: each answer is all of one version, none fails", async () => {
  const bundles = [smallBundle(), smallBundle(0.7), smallBundle(-0.7)];
  const api = await testApp(bundles[0]!, { limits: { concurrentUploads: 100 } });
  const rows = Array.from({ length: 400 }, (_, row) => ({
    https: (row % 3) - 1,
    length: row,
    country: "NL",
  }));
  const expected = bundles.map((bundle) =>
    predictRows(bundle, rows).map((prediction) => prediction.probability),
  );
  const text = `https,length,country\n${rows.map((row) => Object.values(row).join(",")).join("\n")}\n`;
  const versions = new Set<number>();
  const ask = async (index: number): Promise<void> => {
    const response =
      index % 2 === 0
        ? await request(api.app).post("/api/v1/predictions").send({ rows })
        : await request(api.app)
            .post("/predict")
            .set("Accept", "application/json")
            .attach("file", Buffer.from(text), "rows.csv");
    expect(response.status).toBe(200);
    const { version } = response.body.model as { version: number };
    versions.add(version);
    expect(
      response.body.predictions.map((row: { probability: number }) => row.probability),
    ).toEqual(expected[version - 1]);
  };
  const asked: Promise<void>[] = [];
  for (let version = 1; version <= 3; version++) {
    api.folder.publish(version, bundles[version - 1]!);
    asked.push(...Array.from({ length: 8 }, (_, index) => ask(index)));
    await api.live.refresh();
    await Promise.all([ask(0), ask(1)]);
  }
  await Promise.all(asked);
  expect([...versions].sort()).toEqual([1, 2, 3]);
  expect(api.lines.filter((line) => line.level === "error")).toEqual([]);
  api.folder.remove();
});
