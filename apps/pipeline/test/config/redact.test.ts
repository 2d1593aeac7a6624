import { redact } from "../../src/config/redact.ts";

test("every occurrence of every secret goes", () => {
  expect(redact("a hunter2 b hunter2c", ["hunter2"])).toBe("a [redacted] b [redacted]c");
});

test("the longer secret goes whole, and what was inserted is not cut up", () => {
  expect(redact("mongodb://u:red@h and red", ["mongodb://u:red@h", "red"])).toBe(
    "[redacted] and [redacted]",
  );
});

test("secrets are texts, not patterns", () => {
  const secret = "a.b*(c)[d]{1}^$|\\";
  expect(redact(`x${secret}y aXb`, [secret])).toBe("x[redacted]y aXb");
  expect(redact("nothing to hide", [])).toBe("nothing to hide");
});
