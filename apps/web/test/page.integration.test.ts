/// <reference lib="dom" />
import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";

const executablePath = process.env["GILLNET_CHROMIUM"];
const root = join(import.meta.dirname, "../../..");
/** Screenshots for people go here when it is set. */
const shots = process.env["GILLNET_SCREENSHOTS"];

const describeInBrowser = executablePath === undefined ? describe.skip : describe;

describeInBrowser("the page, as a person uses it (skipped without GILLNET_CHROMIUM)", () => {
  let folder = "";
  let api: ChildProcess;
  let browser: Browser;
  let page: Page;
  let url = "";
  const consoleErrors: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "gillnet-page-"));
    await cp(join(root, "pipeline.yaml"), join(folder, "pipeline.yaml"));
    const settings = [
      "source.kind=synthetic",
      "trainer.families={random_forest: {n_estimators: 16}}",
      "trainer.ensemble={kind: none}",
    ];
    await promisify(execFile)(
      process.execPath,
      [join(root, "apps/pipeline/dist/main.js"), "run", ...settings.flatMap((s) => ["--set", s])],
      { cwd: folder },
    );
    api = spawn(process.execPath, [join(root, "apps/api/dist/main.js")], {
      cwd: folder,
      env: { ...process.env, PORT: "0", GILLNET_LOG_LEVEL: "error" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    url = await new Promise<string>((resolve, reject) => {
      let text = "";
      api.stdout?.on("data", (chunk: Buffer) => {
        text += chunk.toString();
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
        if (found !== null) resolve(found[0]);
      });
      api.once("exit", () => reject(new Error(`The API ended: ${text}`)));
    });
    browser = await chromium.launch({
      executablePath: executablePath as string,
      args: ["--no-sandbox", "--disable-gpu"],
    });
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    api?.kill();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    consoleErrors.length = 0;
    const context = await browser.newContext({ acceptDownloads: true });
    page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") consoleErrors.push(message.text());
    });
    page.on("pageerror", (error) => consoleErrors.push(error.message));
    await page.goto(url);
  });

  afterEach(async () => {
    await page.context().close();
  });

  async function look(name: string): Promise<void> {
    if (shots === undefined) return;
    for (const width of [360, 800, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true });
    }
  }

  test("a made-up model says so before anything else", async () => {
    await page.getByText("synthetic", { exact: false }).first().waitFor();
    await look("start");
    expect(consoleErrors).toEqual([]);
  });

  test("the sample is downloaded, dropped, and comes back as a table", async () => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download the sample" }).click(),
    ]);
    const sample = await readFile(await download.path(), "utf8");
    await page.evaluate((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], "sample.csv", { type: "text/csv" }));
      for (const kind of ["dragenter", "dragover", "drop"]) {
        document.body.dispatchEvent(
          new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }),
        );
      }
    }, sample);
    const download2 = page.getByRole("button", { name: "Download as CSV" });
    await download2.waitFor();
    await page.getByRole("columnheader", { name: "predicted_column" }).waitFor();
    expect(await page.locator("tbody tr").count()).toBeGreaterThan(5);
    expect(await page.getByRole("heading", { level: 2 }).first().innerText()).toMatch(
      /^\d+ of 20 rows look like phishing/,
    );
    await look("answered");

    const [answer] = await Promise.all([page.waitForEvent("download"), download2.click()]);
    const [header, ...rows] = (await readFile(await answer.path(), "utf8")).trim().split("\n");
    expect(header).toMatch(/,predicted_column,probability\r?$/);
    expect(rows).toHaveLength(20);
    const saved = await readFile(join(folder, "prediction_output/output.csv"), "utf8");
    expect(saved).toContain("predicted_column");
    expect(consoleErrors).toEqual([]);
  });

  test("a file that is not CSV is refused in plain words", async () => {
    const path = join(folder, "picture.csv");
    await writeFile(path, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0xff, 0xfe]));
    await page.setInputFiles("input[type=file]", path);
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/CSV|UTF-8/);
    await look("refused");
  });
});
