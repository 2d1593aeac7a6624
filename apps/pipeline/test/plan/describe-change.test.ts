import { describeChange } from "../../src/plan/describe-change.ts";

const KEY = { code: {}, params: {}, inputs: {} };

test("names the parameter with both values", () => {
  const before = { trainer: { families: { random_forest: { n_estimators: [8, 16] } } }, seed: 1 };
  const after = {
    trainer: { families: { random_forest: { n_estimators: [8, 16, 32] } } },
    seed: 1,
  };
  expect(describeChange({ ...KEY, params: before }, { ...KEY, params: after })).toEqual([
    "params: trainer.families.random_forest.n_estimators [8,16] -> [8,16,32]",
  ]);
});

test("names what was added and what was taken away", () => {
  expect(
    describeChange({ ...KEY, params: { a: 1 } }, { ...KEY, params: { b: { c: "x" } } }),
  ).toEqual(["params: a 1 -> (not set)", 'params: b.c (not set) -> "x"']);
});

test("names columns by name, wherever they stand", () => {
  const port = { name: "port", kind: "numeric" };
  const url = { name: "url", kind: "categorical", values: ["a"] };
  const before = { schema: { features: [port, url] } };
  const after = { schema: { features: [{ ...url, values: ["a", "b"] }, port] } };
  expect(describeChange({ ...KEY, params: before }, { ...KEY, params: after })).toEqual([
    'params: schema.features.url.values ["a"] -> ["a","b"]',
  ]);
});

test("cuts long values and long lists", () => {
  const long = Array.from({ length: 40 }, (_, i) => i);
  const [phrase] = describeChange({ ...KEY, params: { a: [] } }, { ...KEY, params: { a: long } });
  expect(phrase).toMatch(/^params: a \[\] -> \[0,1,.{50,60}\.\.\.$/);
  const many = Object.fromEntries(long.map((i) => [`p${i}`, i]));
  expect(describeChange(KEY, { ...KEY, params: many }).slice(-1)).toEqual([
    "params: 35 more differ",
  ]);
});

test("names code, versions and inputs", () => {
  expect(
    describeChange(
      { code: { "@gillnet/table": "a", yaml: "2.9.1" }, params: {}, inputs: { source: "a" } },
      {
        code: { "@gillnet/table": "b", yaml: "2.9.2" },
        params: {},
        inputs: { source: "b", ingestion: "c" },
      },
    ),
  ).toEqual(["code of table", "yaml 2.9.1 -> 2.9.2", "output of ingestion", "source content"]);
});

test("says nothing of equal keys, however their parts are ordered", () => {
  const before = { ...KEY, params: { a: 1, b: { c: 2, d: 3 } } };
  const after = { ...KEY, params: { b: { d: 3, c: 2 }, a: 1 } };
  expect(describeChange(before, after)).toEqual([]);
});
