import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { PublishedFolder, SAMPLE, smallBundle } from "./published-folder.ts";
import { writeFakePipeline } from "./training/fake-pipeline.ts";

// The built server: `pnpm test` builds first.
const MAIN = join(import.meta.dirname, "../dist/main.js");

interface Run {
  readonly process: ChildProcess;
  readonly output: () => { readonly stdout: string; readonly stderr: string };
  readonly exit: Promise<number | null>;
}

let folder: PublishedFolder;
const runs: Run[] = [];
beforeEach(() => {
  folder = new PublishedFolder();
});
afterEach(async () => {
  for (const run of runs.splice(0)) {
    run.process.kill("SIGKILL");
    await run.exit;
  }
  folder.remove();
});

function start(environment: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [MAIN], {
    cwd: folder.path,
    env: { PATH: process.env["PATH"], PORT: "0", GILLNET_ARTIFACTS: ".", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  const exit = once(child, "close").then(([code]) => code as number | null);
  const run = { process: child, output: () => output, exit };
  runs.push(run);
  return run;
}

/** Waits for the line that says where the server is. */
async function url(run: Run): Promise<string> {
  let found: RegExpExecArray | null = null;
  while ((found = /^Gillnet API on (http:\/\/[\d.]+:\d+)/.exec(run.output().stdout)) === null) {
    if (run.process.exitCode !== null) throw new Error(run.output().stderr);
    await once(run.process.stdout!, "data");
  }
  return found[1]!;
}

test("serves what is published, says so in one line, and stops when told to", async () => {
  folder.publish(3, smallBundle());
  const run = start({ GILLNET_LOG_FORMAT: "plain" });
  const base = await url(run);
  const form = new FormData();
  form.append("file", new Blob([SAMPLE]), "rows.csv");
  const answer = await fetch(`${base}/predict`, {
    method: "POST",
    headers: { Accept: "text/csv" },
    body: form,
  });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toMatch(/^https,length,country,predicted_column,probability\n/);
  run.process.kill("SIGTERM");
  expect(await run.exit).toBe(0);
  const { stdout, stderr } = run.output();
  expect(stdout).toMatch(
    /^Gillnet API on http:\/\/127\.0\.0\.1:\d+ · model phishing version 3 · described at http:\/\/127\.0\.0\.1:\d+\/docs\n$/,
  );
  expect(stderr).toMatch(/^[\d:]{8} info {2}POST \/predict 200 [\d.]+ ms event=request/m);
  expect(stderr).toMatch(/SIGTERM: stopping/);
});

test("starts without a model and says what to do; logs are JSON where no terminal reads them", async () => {
  const run = start();
  const base = await url(run);
  expect(run.output().stdout).toContain("· no model published yet: run pnpm pipeline run");
  const answer = await fetch(`${base}/api/v1/model`);
  expect(answer.status).toBe(503);
  run.process.kill("SIGINT");
  expect(await run.exit).toBe(0);
  const line = JSON.parse(run.output().stderr.split("\n")[0]!) as Record<string, unknown>;
  expect(line).toMatchObject({ level: "info", event: "request", status: 503 });
});

test("a taken port is a sentence and exit code 1", async () => {
  const first = start();
  const port = new URL(await url(first)).port;
  const second = start({ PORT: port });
  expect(await second.exit).toBe(1);
  expect(second.output().stderr).toBe(
    `Can't listen on 127.0.0.1, port ${port}: another program listens there\n` +
      "Stop the other program, or set PORT to another port.\n",
  );
});

test("a wrong variable is a sentence and exit code 2", async () => {
  const run = start({ PORT: "eighty" });
  expect(await run.exit).toBe(2);
  expect(run.output().stderr).toContain("PORT may be a whole number from 0 to 65535, got 'eighty'");
});

test("the run of the pipeline that it started stops with it", async () => {
  const token = "correct-horse-battery";
  const run = start({
    GILLNET_ADMIN_TOKEN: token,
    GILLNET_PIPELINE_COMMAND: writeFakePipeline(folder.path),
  });
  const base = await url(run);
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const body = JSON.stringify({ set: ["do=wait"] });
  const started = await fetch(`${base}/api/v1/train`, { method: "POST", headers, body });
  expect(started.status).toBe(202);
  const { events } = (await started.json()) as { events: string };
  const stream = (await fetch(base + events, { headers })).body!.getReader();
  let told = "";
  const readUntil = async (text: string): Promise<void> => {
    while (!told.includes(text)) {
      const { done, value } = await stream.read();
      if (done) throw new Error(`It ended first:\n${told}`);
      told += Buffer.from(value).toString();
    }
  };
  await readUntil("run.started");
  run.process.kill("SIGTERM");
  await readUntil("training.ended");
  expect(told).toContain('"state":"interrupted"');
  expect(await run.exit).toBe(0);
  expect(run.output().stderr).not.toContain(token);
  expect(run.output().stderr).not.toContain("cut off");
});

test("a token that is too short is a sentence without it", async () => {
  const run = start({ GILLNET_ADMIN_TOKEN: "short-token" });
  expect(await run.exit).toBe(2);
  expect(run.output().stderr).toContain("GILLNET_ADMIN_TOKEN may be 16 to 512");
  expect(run.output().stderr).not.toContain("short-token");
});
