import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeBundle } from "@gillnet/model-bundle";
import request from "supertest";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { LiveBundle } from "../../src/live-bundle.ts";
import { createTraining } from "../../src/training/create-training.ts";
import { Description } from "../description.ts";
import { keepingLogger, PublishedFolder } from "../published-folder.ts";

const CONFIG = `name: tiny
source: { kind: csv, path: rows.csv }
schema:
  columns:
    port: { kind: numeric, values: [-1, 0, 1] }
    length: { kind: numeric, minimum: 0, maximum: 100 }
    country: categorical
  label:
    column: verdict
    positive: { name: bad, values: [bad] }
    negative: { name: good, values: [good] }
trainer:
  folds: 2
  families: { decision_tree: { max_depth: 3 }, random_forest: false, logistic_regression: false }
gates: { overfitting_threshold: 0.5 }
`;

function rows(): string {
  const lines = ["port,length,country,verdict"];
  for (let i = 0; i < 400; i++) {
    const port = (i % 3) - 1;
    const length = (i * 37) % 101;
    const country = ["NL", "DE", "FR"][(i * 7) % 3];
    lines.push(`${port},${length},${country},${length + 20 * port > 50 ? "bad" : "good"}`);
  }
  return `${lines.join("\n")}\n`;
}

// The built pipeline: `pnpm test` builds first.
test("a request trains, publishes, and has the new model served", async () => {
  const folder = new PublishedFolder();
  writeFileSync(join(folder.path, "pipeline.yaml"), CONFIG);
  writeFileSync(join(folder.path, "rows.csv"), rows());
  const logger = keepingLogger();
  const environment = {
    PATH: process.env["PATH"] ?? "",
    GILLNET_ADMIN_TOKEN: "correct-horse-battery",
  };
  const config = readConfig(environment, folder.path, false);
  const training = createTraining(config, environment, logger)!;
  const { artifactsFolder } = config;
  const live = await LiveBundle.open({ artifactsFolder, logger, pollMs: 20 });
  const app = createApp({ live, logger, outputFolder: null, training });
  const admin = { Authorization: "Bearer correct-horse-battery" };
  await request(app).get("/readyz").expect(503);

  const started = await request(app)
    .post("/api/v1/train")
    .set(admin)
    .send({ set: ["seed=7"] })
    .expect(202);
  const { text } = await request(app).get(started.body.events).set(admin).buffer(true);
  const ended = await request(app).get(`/api/v1/train/${started.body.id}`).set(admin);
  expect(ended.body).toMatchObject({ state: "succeeded", version: 1, exitCode: 0, error: null });
  const events = [...text.matchAll(/^event: (\S+)$/gm)].map((match) => match[1]);
  expect(events).toEqual(
    expect.arrayContaining(["run.started", "stage.finished", "run.published", "run.finished"]),
  );
  expect(events.at(-1)).toBe("training.ended");

  while (live.current === null) await new Promise((resolve) => setTimeout(resolve, 5));
  const described = new Description((await request(app).get("/openapi.json")).body);
  described.expectDescribed("get", "/api/v1/train/{id}", ended);
  const model = await request(app).get("/api/v1/model").expect(200);
  expect(model.body).toMatchObject({ name: "tiny", version: 1, manifest: { seed: 7 } });
  described.expectDescribed("get", "/api/v1/model", model);
  const predicted = await request(app)
    .post("/api/v1/predictions")
    .send({
      rows: [
        { port: 1, length: 90, country: "NL" },
        { port: -1, length: 5, country: "DE" },
      ],
    });
  described.expectDescribed("post", "/api/v1/predictions", predicted);
  expect(predicted.body.predictions.map(({ label }: { label: unknown }) => label)).toEqual([
    "bad",
    "good",
  ]);

  live.close();
  folder.remove();
}, 60_000);

const MASKED = `name: masked
source: { kind: csv, path: rows.csv }
schema:
  columns:
    register: { kind: numeric, values: [0, 1] }
    register_age: { kind: numeric, values: [0, 1] }
    a: { kind: numeric, values: [0, 1] }
    b: { kind: numeric, values: [0, 1] }
    c: { kind: numeric, values: [0, 1] }
    d: { kind: numeric, values: [0, 1] }
    length: { kind: numeric, minimum: 0, maximum: 100 }
  label:
    column: verdict
    positive: { name: bad, values: [bad] }
    negative: { name: good, values: [good] }
transformation: { imputer: none }
trainer:
  folds: 2
  mask_groups: [[register, register_age]]
  families: { hist_gradient_boosting: { n_estimators: 40, max_depth: 3, mask_copies: 4 } }
gates: { overfitting_threshold: 0.5 }
`;

/** The register is right about nearly every row, each other column about three rows in four. */
function maskedRows(): string {
  const lines = ["register,register_age,a,b,c,d,length,verdict"];
  for (let i = 0; i < 1200; i++) {
    const label = mixed(i, 9) % 2;
    const says = (column: number): number =>
      mixed(i, column) % 20 < (column < 2 ? 1 : 5) ? 1 - label : label;
    const cells = [0, 1, 2, 3, 4, 5].map(says);
    lines.push(`${cells.join(",")},${mixed(i, 7) % 101},${label === 1 ? "bad" : "good"}`);
  }
  return `${lines.join("\n")}\n`;
}

/** Numbers without an order that anyone would see. */
function mixed(row: number, column: number): number {
  const bits = Math.imul(100 * row + column + 1, 0x9e3779b1);
  return Math.imul(bits ^ (bits >>> 15), 0x85ebca6b) >>> 16;
}

test("trained on masked rows, served rows are answered without the source that says most", async () => {
  const folder = new PublishedFolder();
  writeFileSync(join(folder.path, "pipeline.yaml"), MASKED);
  writeFileSync(join(folder.path, "rows.csv"), maskedRows());
  const logger = keepingLogger();
  const admin = { Authorization: "Bearer correct-horse-battery" };
  const environment = {
    PATH: process.env["PATH"] ?? "",
    GILLNET_ADMIN_TOKEN: "correct-horse-battery",
  };
  const config = readConfig(environment, folder.path, false);
  const training = createTraining(config, environment, logger)!;
  const { artifactsFolder } = config;
  const live = await LiveBundle.open({ artifactsFolder, logger, pollMs: 20 });
  const app = createApp({ live, logger, outputFolder: null, training });
  const started = await request(app).post("/api/v1/train").set(admin).send({}).expect(202);
  await request(app).get(started.body.events).set(admin).buffer(true);
  const ended = await request(app).get(`/api/v1/train/${started.body.id}`).set(admin);
  expect(ended.body).toMatchObject({ state: "succeeded", version: 1, error: null });

  while (live.current === null) await new Promise((resolve) => setTimeout(resolve, 5));
  const bundle = decodeBundle(readFileSync(join(artifactsFolder, "published/1/model.bundle")));
  expect(bundle.preprocessor.imputer.kind).toBe("none");
  const agreed = (cell: number): object => ({ a: cell, b: cell, c: cell, d: cell, length: 50 });
  const { body } = await request(app)
    .post("/api/v1/predictions")
    .send({
      rows: [
        { register: null, register_age: null, ...agreed(1) },
        { register: "", register_age: "NA", ...agreed(0) },
        { register: 1, register_age: 1, ...agreed(1) },
      ],
    })
    .expect(200);
  const [bad, good, complete] = body.predictions;
  expect(bad).toMatchObject({ label: "bad" });
  expect(bad.probability).toBeGreaterThan(0.8);
  expect(good).toMatchObject({ label: "good" });
  expect(good.probability).toBeLessThan(0.2);
  expect(complete.probability).toBeGreaterThan(bad.probability);

  live.close();
  folder.remove();
}, 60_000);
