import { DEFAULT_LIMITS, encodeContainer } from "../src/container.ts";
import { decodeBundle } from "../src/decode-bundle.ts";
import { decodeContainer } from "../src/decode-container.ts";
import { readElements } from "../src/dtypes.ts";
import { encodeBundle } from "../src/encode-bundle.ts";
import { bundleErrors } from "../src/errors.ts";
import { codeOf } from "./code-of.ts";
import { forge, sign, takeApart } from "./forge.ts";
import type { ForgedHeader } from "./forge.ts";
import { FOREST_BUNDLE } from "./sample-bundle.ts";

const VALID = encodeBundle(FOREST_BUNDLE);

/** The valid file with its bytes changed; the checksum is set right again unless `unsigned`. */
function changed(
  change: (bytes: Uint8Array, view: DataView) => void,
  unsigned = false,
): Uint8Array {
  const bytes = VALID.slice();
  change(bytes, new DataView(bytes.buffer));
  return unsigned ? bytes : sign(bytes);
}

function flip(bytes: Uint8Array, at: number): void {
  bytes[at] = (bytes[at] as number) ^ 1;
}

/** The valid file with its header changed as a value. */
function withHeader(change: (header: ForgedHeader) => void, data?: Uint8Array): Uint8Array {
  const parts = takeApart(VALID);
  change(parts.header);
  return forge(canonical(parts.header), data ?? parts.data);
}

/** The valid file with its header's text changed. */
function withText(change: (text: string) => string): Uint8Array {
  const { header, data } = takeApart(VALID);
  return forge(change(canonical(header)), data);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

function tensor(header: ForgedHeader, name: string): ForgedHeader["tensors"][number] {
  return header.tensors.find((each) => each.name === name) as ForgedHeader["tensors"][number];
}

/** Every way in which a file can lie about itself. Adding a case is adding a line. */
const LIES: readonly (readonly [name: string, expected: string, bytes: () => Uint8Array])[] = [
  ["nothing at all", "BUNDLE_TOO_SHORT", () => new Uint8Array(0)],
  ["half of the magic", "BUNDLE_TOO_SHORT", () => VALID.slice(0, 4)],
  ["the fixed part less a byte", "BUNDLE_TOO_SHORT", () => VALID.slice(0, 31)],
  ["text", "BUNDLE_MAGIC", () => new TextEncoder().encode("<!doctype html>")],
  ["a pickle", "BUNDLE_MAGIC", () => Uint8Array.of(0x80, 0x04, 0x95, ...new Uint8Array(64))],
  ["a zip file", "BUNDLE_MAGIC", () => changed((b) => b.set([0x50, 0x4b, 3, 4]))],
  [
    "line ends changed",
    "BUNDLE_MAGIC",
    () => changed((b) => b.set([0x89, 0x47, 0x4c, 0x4e, 0x0a])),
  ],
  ["a newer format", "BUNDLE_VERSION", () => changed((_, v) => v.setUint32(8, 2, true))],
  ["format 0", "BUNDLE_VERSION", () => changed((_, v) => v.setUint32(8, 0, true))],
  ["big-endian version", "BUNDLE_VERSION", () => changed((_, v) => v.setUint32(8, 1))],
  ["cut short", "BUNDLE_TRUNCATED", () => VALID.slice(0, -8)],
  ["the fixed part alone", "BUNDLE_TRUNCATED", () => VALID.slice(0, 32)],
  [
    "a length of 2^63",
    "BUNDLE_TRUNCATED",
    () => changed((_, v) => v.setBigUint64(16, 2n ** 63n, true)),
  ],
  ["a byte too many", "BUNDLE_TRAILING_BYTES", () => Uint8Array.of(...VALID, 0)],
  ["two files in one", "BUNDLE_TRAILING_BYTES", () => Uint8Array.of(...VALID, ...VALID)],
  ["a flipped bit", "BUNDLE_CHECKSUM", () => changed((b) => flip(b, 60), true)],
  ["another checksum", "BUNDLE_CHECKSUM", () => changed((b) => flip(b, 12), true)],
  ["a reserved byte in use", "BUNDLE_PADDING", () => changed((b) => (b[28] = 1))],
  [
    "a header of 4 GiB",
    "BUNDLE_HEADER_TOO_LARGE",
    () => changed((_, v) => v.setUint32(24, 0xffffffff, true)),
  ],
  [
    "a header longer than the file",
    "BUNDLE_HEADER_LENGTH",
    () => changed((_, v) => v.setUint32(24, VALID.length, true)),
  ],
  [
    "a header shorter than its text",
    "BUNDLE_HEADER_JSON",
    () => changed((_, v) => v.setUint32(24, v.getUint32(24, true) - 1, true)),
  ],
  ["a header that is longer by padding", "BUNDLE_HEADER_JSON", () => withText((t) => `${t}\0`)],
  ["no header", "BUNDLE_HEADER_JSON", () => changed((_, v) => v.setUint32(24, 0, true))],
  [
    "Latin-1 in the header",
    "BUNDLE_HEADER_TEXT",
    () => forge(Uint8Array.of(0x22, 0xe9, 0x22), new Uint8Array(0)),
  ],
  ["a byte order mark", "BUNDLE_HEADER_JSON", () => withText((t) => `\ufeff${t}`)],
  ["white space", "BUNDLE_HEADER_CANONICAL", () => withText((t) => t.replace(":", ": "))],
  [
    "a key twice",
    "BUNDLE_HEADER_CANONICAL",
    () => withText((t) => t.replace('"threshold":', '"threshold":0.1,"threshold":')),
  ],
  [
    "a number written longer",
    "BUNDLE_HEADER_CANONICAL",
    () => withText((t) => t.replace('"threshold":0.5', '"threshold":0.50')),
  ],
  [
    "-0",
    "BUNDLE_HEADER_CANONICAL",
    () => withText((t) => t.replace('"threshold":0.5', '"threshold":-0')),
  ],
  [
    "a number past all doubles",
    "BUNDLE_HEADER_MEMBER",
    () => withText((t) => t.replace('"threshold":0.5', '"threshold":1e999')),
  ],
  ["NaN", "BUNDLE_HEADER_JSON", () => withText((t) => t.replace("0.5", "NaN"))],
  [
    "an escape where none is needed",
    "BUNDLE_HEADER_CANONICAL",
    () => withText((t) => t.replace("country", "\\u0063ountry")),
  ],
  [
    "keys unsorted",
    "BUNDLE_HEADER_CANONICAL",
    () => withText(() => JSON.stringify({ tensors: [], kind: "bundle", members: {} })),
  ],
  ["null", "BUNDLE_HEADER_MEMBER", () => forge("null", new Uint8Array(0))],
  ["a list", "BUNDLE_HEADER_MEMBER", () => forge("[]", new Uint8Array(0))],
  [
    "a million brackets",
    "BUNDLE_HEADER_MEMBER",
    () => forge("[".repeat(1e6) + "]".repeat(1e6), new Uint8Array(0)),
  ],
  ["another kind", "BUNDLE_HEADER_MEMBER", () => withHeader((h) => (h.kind = "program"))],
  [
    "an unknown part",
    "BUNDLE_HEADER_MEMBER",
    () => withHeader((h) => Object.assign(h, { run: 1 })),
  ],
  [
    "a member called __proto__",
    "BUNDLE_HEADER_MEMBER",
    () => withText((t) => t.replace('{"kind":', '{"__proto__":{"x":1},"kind":')),
  ],
  ["no tensors", "BUNDLE_HEADER_MEMBER", () => withHeader((h) => Object.assign(h, { tensors: 3 }))],
  [
    "an unknown element type",
    "BUNDLE_TENSOR_DTYPE",
    () => withHeader((h) => (tensor(h, "trees.value.table").dtype = "f32")),
  ],
  [
    "an element type that objects have",
    "BUNDLE_TENSOR_DTYPE",
    () => withHeader((h) => (tensor(h, "trees.value.table").dtype = "constructor")),
  ],
  [
    "no shape",
    "BUNDLE_TENSOR_SHAPE",
    () => withHeader((h) => (tensor(h, "trees.roots").shape = [])),
  ],
  [
    "three lengths",
    "BUNDLE_TENSOR_SHAPE",
    () => withHeader((h) => (tensor(h, "trees.roots").shape = [2, 1, 1])),
  ],
  [
    "a shape whose product overflows",
    "BUNDLE_TENSOR_SHAPE",
    () => withHeader((h) => (tensor(h, "trees.roots").shape = [2 ** 32, 2 ** 32])),
  ],
  [
    "a negative length",
    "BUNDLE_HEADER_MEMBER",
    () => withHeader((h) => (tensor(h, "trees.roots").shape = [-2])),
  ],
  [
    "half an element",
    "BUNDLE_HEADER_MEMBER",
    () => withHeader((h) => (tensor(h, "trees.roots").shape = [1.5])),
  ],
  [
    "more elements than bytes",
    "BUNDLE_TENSOR_LENGTH",
    () => withHeader((h) => (tensor(h, "trees.roots").shape = [3])),
  ],
  [
    "two tensors on the same bytes",
    "BUNDLE_TENSOR_OVERLAP",
    () => withHeader((h) => (tensor(h, "trees.feature").offset -= 8)),
  ],
  [
    "bytes between tensors",
    "BUNDLE_TENSOR_HOLE",
    () => withHeader((h) => (tensor(h, "trees.feature").offset += 8)),
  ],
  [
    "an odd start",
    "BUNDLE_TENSOR_HOLE",
    () => withHeader((h) => (tensor(h, "trees.feature").offset += 1)),
  ],
  [
    "a tensor past the end",
    "BUNDLE_TENSOR_OUT_OF_BOUNDS",
    () =>
      withHeader((h) =>
        Object.assign(h.tensors.at(-1) ?? {}, { shape: [2 ** 40], length: 2 ** 43 }),
      ),
  ],
  ["the last tensor cut", "BUNDLE_TENSOR_OUT_OF_BOUNDS", () => withHeader(() => {}, smaller(1))],
  ["the last padding cut", "BUNDLE_TRUNCATED", () => padded((data) => data.slice(0, -1))],
  ["padding in use at the end", "BUNDLE_PADDING", () => padded((data) => data.fill(1, -1))],
  [
    "data behind the last tensor",
    "BUNDLE_TRAILING_BYTES",
    () => withHeader(() => {}, Uint8Array.of(...takeApart(VALID).data, ...new Uint8Array(8))),
  ],
  [
    "tensors unsorted",
    "BUNDLE_TENSOR_NAME",
    () => withHeader((h) => (tensor(h, "imputer.columns").name = "z")),
  ],
  [
    "a tensor twice",
    "BUNDLE_TENSOR_NAME",
    () => withHeader((h) => h.tensors.splice(1, 0, h.tensors[0] as never)),
  ],
  [
    "a tensor without a name",
    "BUNDLE_TENSOR_NAME",
    () => withHeader((h) => ((h.tensors[0] as { name: string }).name = "")),
  ],
  [
    "a tensor with a long name",
    "BUNDLE_TENSOR_NAME",
    () => withHeader((h) => ((h.tensors[0] as { name: string }).name = "a".repeat(81))),
  ],
  [
    "padding in use between header and data",
    "BUNDLE_PADDING",
    () => changed((b, v) => (b[32 + v.getUint32(24, true)] = 1)),
  ],
];

/** The valid file's data less its last bytes. */
function smaller(count: number): Uint8Array {
  return takeApart(VALID).data.slice(0, -count);
}

/** A file of one tensor of three bytes and five of padding, the data changed. */
function padded(change: (data: Uint8Array) => Uint8Array): Uint8Array {
  const tensors = [{ name: "x", dtype: "u8", shape: [3], offset: 0, length: 3 }];
  return forge(canonical({ kind: "bundle", members: {}, tensors }), change(new Uint8Array(8)));
}

test.each(LIES)("%s: %s", (_name, expected, bytes) => {
  expect(codeOf(() => decodeBundle(bytes()))).toBe(expected);
  expect(Object.keys(bundleErrors)).toContain(expected);
});

test("the file that the lies are made of is fine, also inside a larger buffer", () => {
  const buffer = new Uint8Array(VALID.length + 24).fill(255);
  buffer.set(VALID, 13);
  expect(decodeBundle(buffer.subarray(13, 13 + VALID.length))).toStrictEqual(FOREST_BUNDLE);
});

test("limits hold for the file, its header and what it unpacks into", () => {
  expect(codeOf(() => decodeBundle(VALID, { maxBytes: VALID.length - 1 }))).toBe(
    "BUNDLE_TOO_LARGE",
  );
  expect(codeOf(() => decodeBundle(VALID, { maxHeaderBytes: 100 }))).toBe(
    "BUNDLE_HEADER_TOO_LARGE",
  );
  expect(codeOf(() => decodeBundle(VALID, { maxUnpackedBytes: 100 }))).toBe("BUNDLE_TOO_LARGE");
  expect(codeOf(() => decodeBundle(VALID, { maxBytes: VALID.length }))).toBe("nothing thrown");
});

test("a message says what to do", () => {
  const newer = changed((_, view) => view.setUint32(8, 2, true));
  expect(() => decodeBundle(newer)).toThrow(
    expect.objectContaining({
      message: "The bundle is written in format 2, this version of Gillnet reads format 1",
      hint: bundleErrors["BUNDLE_VERSION"]?.remedy,
    }),
  );
});

test("the writer refuses what no reader would take", () => {
  const large = { name: "x", dtype: "u8", shape: [2 ** 31], values: { length: 2 ** 31 } } as const;
  expect(codeOf(() => encodeContainer("bundle", {}, [large]))).toBe("BUNDLE_TOO_LARGE");
  const text = "x".repeat(2 ** 24);
  expect(codeOf(() => encodeContainer("bundle", { text }, []))).toBe("BUNDLE_HEADER_TOO_LARGE");
});

test("tensors are found by name, whatever order they came in", () => {
  const bytes = encodeContainer("inputs", {}, [
    { name: "b", dtype: "i16", shape: [2], values: [-2, 300] },
    { name: "a", dtype: "f64", shape: [1, 1], values: [0.5] },
  ]);
  const { kind, tensors } = decodeContainer(bytes, DEFAULT_LIMITS);
  expect(kind).toBe("inputs");
  expect([...tensors.keys()]).toEqual(["a", "b"]);
  const { start, shape, count } = tensors.get("b") ?? { start: 0, shape: [], count: 0 };
  const values = new Int32Array(2);
  expect(readElements(bytes, start, "i16", values)).toBe(-1);
  expect([...values]).toEqual([-2, 300]);
  expect([shape, count, start % 8]).toEqual([[2], 2, 0]);
});
