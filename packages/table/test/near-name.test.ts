import { nearName } from "../src/near-name.ts";

test.each([
  ["URL_Length", ["url length", "URL_Lengths"], "url length"],
  ["Prefix_Suffix", ["Prefix_Sufix", "Result"], "Prefix_Sufix"],
  ["port", ["part", "sport"], "part"],
  ["a", ["b"], undefined],
  ["age", ["agreement"], undefined],
  ["", ["a"], undefined],
  ["_", ["-", "__"], undefined],
  ["x".repeat(5000), ["y".repeat(5000)], undefined],
  ["color", [], undefined],
])("%s among %j: %s", (name, candidates, expected) => {
  expect(nearName(name, candidates)).toBe(expected);
});
