import * as fc from "fast-check";
import { canonicalJson } from "../src/canonical-json.ts";
import { codeOf } from "./code-of.ts";

test("keys are sorted at every level, numbers and strings are JSON.stringify's", () => {
  expect(
    canonicalJson({ b: [1e21, -0.5, { z: null, a: true }], a: 'é"\n\ud800', 10: 1, 9: 2 }),
  ).toBe('{"10":1,"9":2,"a":"é\\"\\n\\ud800","b":[1e+21,-0.5,{"a":true,"z":null}]}');
});

test("-0 is 0, undefined members are left out, __proto__ is a key like others", () => {
  expect(canonicalJson({ a: -0, b: undefined })).toBe('{"a":0}');
  expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"x":1}}'))).toBe(
    '{"__proto__":{"x":1},"b":1}',
  );
});

test("any JSON value is read back, and written the same again", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test.each([[NaN], [Infinity], [{ a: -Infinity }], [[undefined]], [() => 1], [10n]])(
  "%p has no JSON",
  (value) => {
    expect(codeOf(() => canonicalJson(value))).toBe("BUNDLE_HEADER_MEMBER");
  },
);

test("what nests too deep is refused before the stack is", () => {
  const nest = (depth: number): unknown => JSON.parse("[".repeat(depth) + "]".repeat(depth));
  expect(codeOf(() => canonicalJson(nest(17)))).toBe("nothing thrown");
  expect(codeOf(() => canonicalJson(nest(18)))).toBe("BUNDLE_HEADER_MEMBER");
  expect(codeOf(() => canonicalJson(nest(1_000_000)))).toBe("BUNDLE_HEADER_MEMBER");
});
