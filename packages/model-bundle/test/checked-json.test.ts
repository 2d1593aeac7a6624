import { CheckedJson } from "../src/checked-json.ts";
import { codeOf } from "./code-of.ts";

const json = (value: unknown): CheckedJson => new CheckedJson(value, "SOME_CODE", "file");

test("reads what is there", () => {
  const value = json({ a: [1, "x", true, null], b: { c: -3 } });
  const [number, text, truth, nothing] = value.member("a").items();
  expect(number?.number()).toBe(1);
  expect(text?.string()).toBe("x");
  expect(text?.oneOf("w", "x")).toBe("x");
  expect(truth?.boolean()).toBe(true);
  expect(nothing?.orNull((each) => each.number())).toBeNull();
  expect(number?.orNull((each) => each.number())).toBe(1);
  expect(value.member("b").member("c").integer(-3)).toBe(-3);
  expect(value.optional("d")).toBeUndefined();
  expect(value.optional("b")?.has("c")).toBe(true);
  expect(value.members().map(([name]) => name)).toEqual(["a", "b"]);
});

test.each<[(value: CheckedJson) => unknown, unknown, string]>([
  [(v) => v.string(), 1, "file must be text, got 1"],
  [(v) => v.number(), "1", 'file must be a finite number, got "1"'],
  [(v) => v.number(), Infinity, "file must be a finite number, got null"],
  [(v) => v.integer(1), 0, "file must be a whole number of at least 1, got 0"],
  [(v) => v.integer(), 2 ** 53, "file must be a whole number of at least 0, got 9007199254740992"],
  [(v) => v.boolean(), null, "file must be true or false, got null"],
  [(v) => v.items(), {}, "file must be a list, got an object"],
  [(v) => v.oneOf("a", "b"), "c", "file must be 'a' or 'b', got \"c\""],
  [(v) => v.member("a"), [1], "file must be an object, got a list of 1"],
  [
    (v) => v.member("toString"),
    {},
    "file must be an object with the member 'toString', got an object",
  ],
  [
    (v) => v.allow("a"),
    { b: 1 },
    "file must be an object without the unknown member 'b', got an object",
  ],
  [(v) => v.member("a").items()[1]?.string(), { a: ["x", 2] }, "file.a[1] must be text, got 2"],
  [(v) => v.number(), "y".repeat(200), `file must be a finite number, got "${"y".repeat(78)}…`],
])("refuses %s of %j: %s", (read, value, message) => {
  expect(() => read(json(value))).toThrow(message);
  expect(codeOf(() => read(json(value)))).toBe("SOME_CODE");
});
