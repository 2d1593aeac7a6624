import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canonicalJson, sha256, sha256File } from "../src/content-hash.ts";

test("sha256 matches the published vectors", async () => {
  // FIPS 180-4 example: "abc".
  const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  expect(sha256("abc")).toBe(abc);
  expect(sha256(Uint8Array.of(97, 98, 99))).toBe(abc);
  const folder = mkdtempSync(join(tmpdir(), "gillnet-hash-"));
  try {
    writeFileSync(join(folder, "abc"), "abc");
    expect(await sha256File(join(folder, "abc"))).toBe(abc);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("canonicalJson sorts keys at every level and keeps the order of lists", () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }, 3], a: null, e: undefined })).toBe(
    '{"a":null,"b":[{"c":2,"d":1},3]}',
  );
  expect(canonicalJson({ x: 1, y: 2 })).toBe(canonicalJson({ y: 2, x: 1 }));
});
