import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { globOf, sqlName, sqlText, withDuckDb } from "../src/duckdb.ts";

const FIXTURES = join(import.meta.dirname, "fixtures", "parquet");
const path = join(FIXTURES, "types.parquet");

test("a session may touch its own file and no other", async () => {
  await withDuckDb({ path }, async ({ connection }) => {
    const read = (file: string): Promise<unknown> =>
      connection.run(`SELECT count(*) FROM read_parquet(${sqlText(globOf(file))})`);
    await read(path);
    await expect(read(join(FIXTURES, "no-rows.parquet"))).rejects.toThrow(/Permission Error/);
    await expect(connection.run("COPY (SELECT 1) TO 'x.csv'")).rejects.toThrow(/Permission Error/);
    await expect(connection.run("SET enable_external_access = true")).rejects.toThrow();
    await expect(connection.run("INSTALL httpfs")).rejects.toThrow();
    await expect(connection.run("SELECT * FROM 'http://127.0.0.1:1/x.parquet'")).rejects.toThrow();
  });
});

test("an abort reaches a query that runs, and its reason is thrown", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const endless = withDuckDb({ path, signal: controller.signal }, ({ connection }) => {
    setImmediate(() => controller.abort(reason));
    return connection.run(
      "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b",
    );
  });
  await expect(endless).rejects.toBe(reason);
  await expect(withDuckDb({ path, signal: controller.signal }, fail)).rejects.toBe(reason);
});

function fail(): never {
  throw new Error("must not be called");
}

test("errors of the query come through", async () => {
  await expect(
    withDuckDb({ path }, ({ connection }) => connection.run("SELECT nothing")),
  ).rejects.toThrow(/nothing/);
});

test("literals and names are quoted", () => {
  expect(sqlText("it's")).toBe("'it''s'");
  expect(sqlName('a "b"')).toBe('"a ""b"""');
  expect(globOf("/a*b/[c]?.x")).toBe("/a[*]b/[[]c][?].x");
});

test("the library is loaded in one place, at first use", () => {
  const src = join(import.meta.dirname, "..", "src");
  for (const file of readdirSync(src)) {
    const text = readFileSync(join(src, file), "utf8");
    expect([file, /^import (?!type).*@duckdb/m.test(text)]).toEqual([file, false]);
    expect([file, text.includes('import("@duckdb/node-api")')]).toEqual([
      file,
      file === "duckdb.ts",
    ]);
  }
});
