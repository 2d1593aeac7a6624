import { parseVariables, variableEnd } from "../../src/config/variable-syntax.ts";

const text = (value: string): unknown => ({ kind: "text", text: value });
const variable = (name: string, fallback?: unknown): unknown => ({
  kind: "variable",
  name,
  fallback,
});

test.each([
  ["plain $ text } { $x", [text("plain $ text } { $x")]],
  ["${A}", [variable("A")]],
  ["a${A}b${_b1}", [text("a"), variable("A"), text("b"), variable("_b1")]],
  ["${A:-}", [variable("A", [])]],
  ["${A:-x y:z}", [variable("A", [text("x y:z")])]],
  ["${A:-${B:-c}d}", [variable("A", [variable("B", [text("c")]), text("d")])]],
  ["$${A} $$${A}", [text("${A} $${A}")]],
  ["${A:-$${B}}", [variable("A", [text("${B")]), text("}")]],
  ["", []],
])("%s", (input, pieces) => {
  expect(parseVariables(input)).toEqual(pieces);
});

test.each([
  ["a${", 1, "names no variable"],
  ["${}", 0, "names no variable"],
  ["${1A}", 0, "names no variable"],
  ["${A", 0, "no closing brace"],
  ["${A:-b", 0, "no closing brace"],
  ["${A:=b}", 0, "':' after the name A"],
  ["${A B}", 0, "' ' after the name A"],
  ["x ${A:-${}}", 7, "names no variable"],
  ["${A:-".repeat(20) + "}".repeat(20), 40, "more than 8 defaults"],
])("%s is at fault", (input, start, message) => {
  expect(parseVariables(input)).toEqual({ start, message: expect.stringContaining(message) });
});

test("a variable ends after its own brace", () => {
  expect(variableEnd("${A}}", 0)).toBe(4);
  expect(variableEnd("x${A:-{b}} c", 1)).toBe(9);
  expect(variableEnd("${A:-${B}} c", 0)).toBe(10);
  expect(variableEnd("${A", 0)).toBeUndefined();
});
