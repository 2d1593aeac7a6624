import { readTrainingRequest } from "../../src/training/training-request.ts";

test("nothing asked", () => {
  for (const body of [undefined, {}]) {
    expect(readTrainingRequest(body)).toEqual({ set: [], force: false });
  }
});

test.each([
  "seed=7",
  "source.path=/data/my rows.csv",
  "trainer.families.random_forest={n_estimators: [8, 16]}",
  "a-b.c_d.e=",
  "a.b=c=d",
  "a=$(rm -rf ~); `x` \"'",
])("a setting: %s", (setting) => {
  expect(readTrainingRequest({ set: [setting], force: true })).toEqual({
    set: [setting],
    force: true,
  });
});

test.each<[string, unknown]>([
  ["null", null],
  ["a list", []],
  ["a text", "set"],
  ["another member", { sets: [] }],
  ["force as a text", { force: "true" }],
  ["set as a text", { set: "a=b" }],
  ["a setting that is a number", { set: [1] }],
  ["no equals sign", { set: ["a.b"] }],
  ["no key", { set: ["=b"] }],
  ["an empty name", { set: ["a..b=c"] }],
  ["a dot at the end", { set: ["a.=c"] }],
  ["a key in quotes", { set: ['a."b c"=d'] }],
  ["a space in the key", { set: ["a b=c"] }],
  ["a line break", { set: ["a=b\nc"] }],
  ["a zero byte", { set: ["a=b\0"] }],
  ["a long setting", { set: [`a=${"b".repeat(999)}`] }],
  ["many settings", { set: Array.from({ length: 51 }, () => "a=b") }],
])("%s is refused", (_name, body) => {
  expect(() => readTrainingRequest(body)).toThrow(
    expect.objectContaining({ code: "API_BODY_BAD" }),
  );
});

test("the most that is taken", () => {
  const set = Array.from({ length: 50 }, () => `a=${"b".repeat(998)}`);
  expect(readTrainingRequest({ set }).set).toEqual(set);
});
