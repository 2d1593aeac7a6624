import { nearestName } from "../src/nearest-name.ts";

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
  expect(nearestName(name, KEYS)).toBe(meant);
});

test.each(["gates", "xyz", "forest", "", "a", "x".repeat(100_000)])(
  "nothing is near %.10s",
  (name) => {
    expect(nearestName(name, KEYS)).toBeUndefined();
  },
);

test("of equally near names the first is taken", () => {
  expect(nearestName("bat", ["cat", "hat"])).toBe("cat");
  expect(nearestName("bat", ["hat", "cat"])).toBe("hat");
  expect(nearestName("bat", [])).toBeUndefined();
});

test.each([
  ["URL_Length", ["url length", "URL"], "url length"],
  ["Shortining_Service", ["Shortening_Service"], "Shortening_Service"],
  ["Favicon", ["favicons", "favicon"], "favicon"],
  ["SFH", ["SSL", "Iframe"], undefined],
  ["age", ["agreement"], undefined],
  ["", ["a"], undefined],
  ["_", ["-", "__"], undefined],
  ["x".repeat(5000), ["x".repeat(5000)], undefined],
])("column %.20s among %j", (name, candidates, expected) => {
  expect(nearestName(name, candidates)).toBe(expected);
});
