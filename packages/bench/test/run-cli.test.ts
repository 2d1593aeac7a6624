import { runCli } from "../src/run-cli.ts";
import { testApp } from "./test-app.ts";

async function run(...commandLine: string[]): Promise<{ code: number; out: string; err: string }> {
  const environment = { GILLNET_UCI_TABLE: "/nowhere/table.csv" };
  const { app, out, err } = testApp({ commandLine, environment });
  const code = await runCli(app);
  return { code, out: out(), err: err() };
}

test.each([
  ["no command", [], /A command is missing/],
  ["an unknown command", ["trian"], /unknown command 'trian'[\s\S]*Did you mean train/],
  ["an unknown option", ["train", "--onyl", "tree"], /unknown option '--onyl'[\s\S]*--only/],
  ["no rows", ["scale", "--rows", "0"], /whole number from 1/],
  ["half a process", ["train", "--repeat", "1.5"], /whole number from 1/],
  ["an unknown peer", ["train", "--peers", "catboost"], /none, or of scikit-learn, xgboost/],
  ["an empty name", ["train", "--only", "tree,"], /names with commas/],
  ["a date that is none", ["train", "--date", "2026-13-01"], /date like 2026-01-31/],
  ["an unknown comparison", ["train", "--only", "shrub"], /no comparison 'shrub'[\s\S]*grid, tree/],
  ["an unknown table", ["scale", "--only", "sparse"], /no comparison 'sparse'/],
  ["an unknown model", ["quality", "--only", "grouped,oracle"], /no comparison 'oracle'/],
  ["no table", ["train"], /not at \/nowhere\/table.csv[\s\S]*GILLNET_UCI_TABLE/],
])("%s is told, with what to do", async (_name, words, expected) => {
  const { code, err } = await run(...words);
  expect(err).toMatch(expected);
  expect(err).toMatch(/What to do: .+\n {2}Code BENCH_/);
  expect(code).toBe(2);
});

test("an error is a JSON line too where JSON is asked for", async () => {
  const { out } = await run("scale", "--json", "--only", "sparse");
  expect(JSON.parse(out)).toMatchObject({ event: "error", code: "BENCH_UNKNOWN_NAME" });
});

test("help is help", async () => {
  const { code, out } = await run("--help");
  expect(code).toBe(0);
  expect(out).toContain("pnpm bench scale --rows 10000000");
});
