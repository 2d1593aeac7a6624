import { categorical, numeric } from "../ingested-part.ts";
import { partOf, testColumns } from "./two-parts.ts";

const many = Array.from({ length: 40 }, (_, i) => i);

test("many numbers, few numbers and categories each get their test", () => {
  const part = partOf([
    numeric("many", many),
    numeric(
      "few",
      many.map((i) => i % 2),
    ),
    categorical(
      "text",
      many.map((i) => (i % 2 === 0 ? "a" : "b")),
    ),
  ]);
  const names = testColumns(part, part, "random").map(({ test }) => test?.name);
  expect(names).toEqual(["kolmogorov_smirnov", "chi_squared", "chi_squared"]);
});

test("nothing is tested against an empty part", () => {
  const tests = testColumns(partOf([numeric("x", many)]), partOf([numeric("x", [])]), "vector");
  expect(tests).toEqual([{ column: "x", test: null }]);
});
