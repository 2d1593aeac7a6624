import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findBoundaryViolations, importsOf } from "./boundaries.ts";

test("the repository keeps to its plan", () => {
  expect(findBoundaryViolations(join(import.meta.dirname, ".."))).toEqual([]);
});

describe("a tree that breaks the plan is caught", () => {
  let root = "";
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "gillnet-boundaries-"));
    write("packages/entity/package.json", "{}");
    write("packages/entity/src/index.ts", "export const a = 1;\n");
    write(
      "apps/api/package.json",
      JSON.stringify({ dependencies: { "@gillnet/model-bundle": "*" } }),
    );
    write("apps/api/src/index.ts", 'import type { Bundle } from "@gillnet/model-bundle";\n');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test("a clean tree has no violations", () => {
    expect(findBoundaryViolations(root)).toEqual([]);
  });

  const cases: [string, string, string, RegExp][] = [
    [
      "an import upwards",
      "packages/entity/src/a.ts",
      'export { x } from "@gillnet/table";',
      /entity\/src\/a.ts: imports @gillnet\/table, which the plan/,
    ],
    [
      "an undeclared package",
      "apps/api/src/b.ts",
      'import express from "express";',
      /imports express, which package.json does not declare/,
    ],
    [
      "the api importing entity",
      "apps/api/src/c.ts",
      'import "@gillnet/entity";',
      /imports @gillnet\/entity, which the plan does not allow/,
    ],
    [
      "a dynamic import",
      "apps/api/src/d.ts",
      'const x = await import("@gillnet/trainer");',
      /imports @gillnet\/trainer, which the plan/,
    ],
    [
      "a deep import",
      "apps/api/src/e.ts",
      'import { y } from "@gillnet/model-bundle/src/y.ts";',
      /past the package's door/,
    ],
    [
      "a reach outside the package",
      "apps/api/src/f.ts",
      'import { z } from "../../../packages/entity/src/index.ts";',
      /outside its package's src/,
    ],
    [
      "Node's modules in the browser half",
      "packages/entity/src/index.ts",
      'import { readFileSync } from "node:fs";',
      /runs in the browser too/,
    ],
    [
      "a declared dependency",
      "packages/entity/package.json",
      '{"dependencies":{"@gillnet/trainer":"*"}}',
      /depends on @gillnet\/trainer/,
    ],
    [
      "an unknown package",
      "packages/utils/package.json",
      "{}",
      /packages\/utils: the plan does not know/,
    ],
  ];
  test.each(cases)("%s", (_name, path, text, expected) => {
    write(path, text);
    expect(findBoundaryViolations(root).join("\n")).toMatch(expected);
  });
});

test("importsOf reads every form and no comment", () => {
  const text = [
    'import { a } from "one";',
    'import type { B } from "two";',
    'export {\n  c,\n} from "three";',
    'import "four";',
    'const d = await import("five");',
    '// import "six";',
    '/* import "seven"; */',
  ].join("\n");
  expect(importsOf(text)).toEqual(["one", "two", "three", "four", "five"]);
});
