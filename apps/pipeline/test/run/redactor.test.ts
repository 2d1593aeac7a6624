import { createRedactor } from "../../src/run/redactor.ts";

const redact = createRedactor(["correct horse", "horse"]);

test("takes secrets out of texts, keys and nested values, and leaves the value as it was", () => {
  const value = { a: ["x correct horse y", 3, null], horse: { b: true } };
  const copy = structuredClone(value);
  expect(redact(value)).toEqual({
    a: ["x [redacted] y", 3, null],
    "[redacted]": { b: true },
  });
  expect(value).toEqual(copy);
});

test("takes credentials out of addresses, whoever wrote them", () => {
  const open = createRedactor([]);
  expect(open("mongodb+srv://user:p%40ss@host/db?x=1")).toBe(
    "mongodb+srv://[redacted]@host/db?x=1",
  );
  expect(open("see https://example.org/a@b and a@b.org")).toBe(
    "see https://example.org/a@b and a@b.org",
  );
});
