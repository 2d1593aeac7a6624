import { unescapeQuotes } from "../src/unescape-quotes.ts";

test.each([
  ['a""b', 'a"b'],
  ['""', '"'],
  ['""""x', '""x'],
  ["", ""],
])("%s holds %s", (escaped, content) => {
  expect(unescapeQuotes(Buffer.from(escaped), true).toString()).toBe(content);
});

test("without doubled quotes nothing is copied", () => {
  const bytes = Buffer.from("abc");
  expect(unescapeQuotes(bytes, false)).toBe(bytes);
});
