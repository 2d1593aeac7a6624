import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readCodeVersions } from "../../src/plan/code-version.ts";

let root: string;
const put = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
};
const install = async (name: string, into: string): Promise<void> => {
  const scope = join(root, into, "node_modules", "@gillnet");
  await mkdir(scope, { recursive: true });
  await symlink(join(root, "packages", name), join(scope, name));
};

/** app -> trainer -> table -> duck (from elsewhere); as pnpm lays them out. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "code-version-"));
  const dependencies = (...names: string[]): string =>
    JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, "*"])) });
  await put("packages/trainer/package.json", dependencies("@gillnet/table"));
  await put("packages/trainer/dist/index.js", "import './engine/worker.js'");
  await put("packages/trainer/dist/engine/worker.js", "work");
  await put("packages/table/package.json", dependencies("duck"));
  await put("packages/table/dist/index.js", "table");
  await put("packages/table/node_modules/duck/package.json", '{"version":"1.5.5"}');
  await put("app/package.json", "{}");
  await install("trainer", "app");
  await install("table", "packages/trainer");
});
afterEach(() => rm(root, { recursive: true, force: true }));

const read = (): Promise<Readonly<Record<string, string>>> =>
  readCodeVersions(join(root, "app"))("@gillnet/trainer");

async function changedBy(change: () => Promise<void>): Promise<string[]> {
  const before = await read();
  await change();
  const after = await read();
  return Object.keys(after).filter((name) => before[name] !== after[name]);
}

test("names the package and all that it depends on", async () => {
  const versions = await read();
  expect(Object.keys(versions)).toEqual(["@gillnet/table", "@gillnet/trainer", "duck"]);
  expect(versions["duck"]).toBe("1.5.5");
});

test("changes with any built file, two imports below, and with a dependency's version", async () => {
  expect(await changedBy(() => put("packages/trainer/dist/engine/worker.js", "w"))).toEqual([
    "@gillnet/trainer",
  ]);
  expect(await changedBy(() => put("packages/table/dist/index.js", "t"))).toEqual([
    "@gillnet/table",
  ]);
  expect(
    await changedBy(() => put("packages/table/node_modules/duck/package.json", '{"version":"2"}')),
  ).toEqual(["duck"]);
});

test("does not change with times, types, maps or sources", async () => {
  const later = new Date("2030-01-01");
  expect(
    await changedBy(async () => {
      await put("packages/table/dist/index.d.ts", "types");
      await put("packages/table/dist/index.js.map", "map");
      await put("packages/table/src/index.ts", "source");
      await utimes(join(root, "packages/table/dist/index.js"), later, later);
    }),
  ).toEqual([]);
});

test("says when code is not built or not installed", async () => {
  await rm(join(root, "packages/table/dist"), { recursive: true });
  await expect(read()).rejects.toMatchObject({
    code: "RUN_CODE_MISSING",
    hint: "Build it with pnpm build:ts",
  });
  await expect(readCodeVersions(join(root, "app"))("@gillnet/nothing")).rejects.toMatchObject({
    code: "RUN_CODE_MISSING",
    hint: "Install with pnpm install",
  });
});
