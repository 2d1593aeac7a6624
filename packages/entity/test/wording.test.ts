import { countOf, listOf, percent, quoted } from "../src/wording.ts";

test("counts carry thousands separators and the right number of the noun", () => {
  expect(countOf(11055, "row")).toBe("11,055 rows");
  expect(countOf(1, "row")).toBe("1 row");
  expect(countOf(0, "copy", "copies")).toBe("0 copies");
});

test("percentages have two decimals at most", () => {
  expect(percent(0.98968)).toBe("98.97 %");
  expect(percent(1)).toBe("100 %");
});

test("lists end after the first few", () => {
  expect(listOf(["a", "b"])).toBe("'a', 'b'");
  expect(listOf(["a", "b", "c", "d"], 2)).toBe("'a', 'b' and 2 more");
});

test("long values are cut", () => {
  expect(quoted("x".repeat(60))).toBe(`'${"x".repeat(60)}'`);
  expect(quoted("x".repeat(61))).toBe(`'${"x".repeat(60)}…'`);
});
