import { checkServer } from "../src/index.ts";
import { codeOf } from "./error-of.ts";
import { FakeMlflow } from "./fake-mlflow.ts";

const OPTIONS = { experiment: "phishing", signal: new AbortController().signal };
let fake: FakeMlflow;
let uri: string;
beforeEach(async () => {
  fake = new FakeMlflow();
  uri = await fake.start();
});
afterEach(() => fake.stop());

test("a server that is there is described, and nothing is made on it", async () => {
  const withUser = uri.replace("//", "//user:hunter2@");
  const there = { server: uri, version: null, hasExperiment: false };
  expect(await checkServer({ uri: withUser }, OPTIONS)).toEqual(there);
  expect(fake.state.experiments).toEqual([]);
  fake.state.experiments.push({ id: "1", name: "phishing", deleted: false });
  expect(await checkServer({ uri }, OPTIONS)).toEqual({ ...there, hasExperiment: true });
});

test("one that would not take a replay gives the error of the replay, at once", async () => {
  fake.failing = /get-by-name/;
  expect(await codeOf(checkServer({ uri }, OPTIONS))).toBe("TRACKING_SERVER_FAILED");
  expect(fake.requests).toBe(1);
  fake.failing = null;
  fake.state.experiments.push({ id: "1", name: "phishing", deleted: true });
  expect(await codeOf(checkServer({ uri }, OPTIONS))).toBe("TRACKING_EXPERIMENT_DELETED");
  await fake.stop();
  expect(await codeOf(checkServer({ uri }, OPTIONS))).toBe("TRACKING_UNREACHABLE");
  expect(await codeOf(checkServer({ uri: "sqlite:///x" }, OPTIONS))).toBe("TRACKING_URI_BAD");
});
