import { maskVariables, unmaskVariables } from "../../src/config/mask-variables.ts";

test("masking keeps length and lines, hides YAML's own characters, and can be undone", () => {
  const text = "a: { b: ${X:-[1, 2]: #} }\nc: $${Y}\nd: ${Z:-${W}}";
  const masked = maskVariables(text);
  expect(masked).toHaveLength(text.length);
  expect(masked.split("\n").map((line) => line.length)).toEqual(
    text.split("\n").map((line) => line.length),
  );
  expect(masked).toMatch(/^a: \{ b: \$[^{}[\],:#\n]+ \}\nc: \$\$[^{}\n]+\nd: \$[^{}\n]+$/);
  expect(unmaskVariables(masked)).toBe(text);
});

test.each([
  "no variables: { a: 1 }",
  "without an end ${A and {more: 1}",
  "over the line ${A:-\n}",
  "\ue003 is there already ${A}",
  `too long \${A:-${"x".repeat(2000)}}`,
])("text is left alone: %.30s", (text) => {
  expect(maskVariables(text)).toBe(text);
});
