import { suggest } from "../../src/config/suggest.ts";

const KEYS = ["seed", "source", "schema", "test_share", "b", "random_forest", "csv"];

test.each([
  ["seeed", "seed"],
  ["sede", "seed"],
  ["soruce", "source"],
  ["testShare", "test_share"],
  ["random-forest", "random_forest"],
  ["RANDOM_FOREST", "random_forest"],
  ["csvv", "csv"],
  ["cvs", "csv"],
  ["schma", "schema"],
])("%s was meant to be %s", (name, meant) => {
  expect(suggest(name, KEYS)).toBe(meant);
});

test.each(["gates", "xyz", "forest", "", "a", "x".repeat(100_000)])(
  "nothing is near %.10s",
  (name) => {
    expect(suggest(name, KEYS)).toBeUndefined();
  },
);

test("of equally near names the first is taken", () => {
  expect(suggest("bat", ["cat", "hat"])).toBe("cat");
  expect(suggest("bat", ["hat", "cat"])).toBe("hat");
  expect(suggest("bat", [])).toBeUndefined();
});
