import * as fc from "fast-check";
import { fitName, fitPath, fitText } from "../src/mlflow-limits.ts";

test("names that MLflow takes stay as they are", () => {
  for (const name of ["test.f1", "a/b c-d_e", "é.文", "x".repeat(250)])
    expect(fitName(name)).toBe(name);
});

test("any name becomes one that MLflow takes, and different names stay different", () => {
  const names = fc.string({ unit: "binary", maxLength: 300 });
  fc.assert(
    fc.property(names, names, (a, b) => {
      const fitted = fitName(a);
      expect(fitted).toMatch(/^[\p{L}\p{N}_.\- /]{1,250}$/u);
      for (const segment of fitted.split("/")) expect(["", ".", ".."]).not.toContain(segment);
      if (a !== b) expect(fitName(b)).not.toBe(fitted);
    }),
    { seed: 1 },
  );
});

test("paths keep their folders and their extension", () => {
  for (const path of ["a.txt", "model/é 100%.json", ".hidden"]) expect(fitPath(path)).toBe(path);
  expect(fitPath("a/b#1.json")).toMatch(/^a\/b_1-\w{8}\.json$/);
  expect(fitPath("../a\\b")).toMatch(/^_\/a_b-\w{8}$/);
  expect(fitPath("/x#.a")).not.toBe(fitPath("/x\\.a"));
});

test("a text that is too long says that it was cut, and never ends in half a character", () => {
  expect(fitText("short", 10)).toBe("short");
  const cut = fitText("😀".repeat(4000), 6000);
  expect(cut).toMatch(/^(😀)+ \.\.\. \(cut, 8000 characters\)$/u);
  expect(cut.length).toBeLessThanOrEqual(6000);
});

test("what databases refuse is replaced", () => {
  expect(fitText("a\0b\uD800c", 10)).toBe("a\uFFFDb\uFFFDc");
});
