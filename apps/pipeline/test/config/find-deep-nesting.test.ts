import { findDeepNesting } from "../../src/config/find-deep-nesting.ts";

test.each([
  ["brackets", `a: 1\nb: ${"[".repeat(300)}`, 5],
  ["braces over many lines", "a: {\n".repeat(300), 5 * 200],
  ["list marks", `x: 1\n${"- ".repeat(200)}x`, 5],
  ["key marks after a tag", `!t ${"? ".repeat(200)}x`, 0],
  ["indentation", `a:\n${" ".repeat(300)}b: 1`, 3],
])("%s", (_name, text, offset) => {
  expect(findDeepNesting(text)).toBe(offset);
});

test.each([
  ["a wide table", "  c: { kind: numeric, values: [-1, 0, 1] }\n".repeat(5000)],
  ["a long list on one line", `a: [${"[1, -2], ".repeat(5000)}]`],
  ["long prose", `a: >\n  ${"well-known - or not ".repeat(50)}`],
  ["closing brackets that opened nowhere", "]".repeat(1000)],
])("%s is no nesting", (_name, text) => {
  expect(findDeepNesting(text)).toBeUndefined();
});
