import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { saveOutput } from "../src/save-output.ts";

test("at every moment output.csv is the whole of one answer", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gillnet-output-"));
  const contents = ["a", "b", "c", "d"].map((letter) => letter.repeat(100_000));
  await Promise.all(
    contents.map((content) =>
      saveOutput(folder, [Buffer.from(content.slice(0, 10)), Buffer.from(content.slice(10))]),
    ),
  );
  const output = join(folder, "prediction_output");
  expect(contents).toContain(readFileSync(join(output, "output.csv"), "utf8"));
  expect(readdirSync(output)).toEqual(["output.csv"]);
  rmSync(folder, { recursive: true });
});
