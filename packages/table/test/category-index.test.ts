import { CategoryIndex, MISSING, NOT_UTF8 } from "../src/category-index.ts";
import { MissingMarkers } from "../src/missing-markers.ts";

function codeOf(index: CategoryIndex, cell: string | Buffer): number {
  const bytes = Buffer.concat([Buffer.from("<"), Buffer.from(cell), Buffer.from(">")]);
  return index.codeOfBytes(bytes, 1, bytes.length - 1);
}

test("one category has one code, however its cells are written", () => {
  const index = new CategoryIndex(new MissingMarkers(["NA"]));
  const cells = [
    "b",
    "a",
    " b",
    "1",
    "1.0",
    "+1",
    "a longer text",
    "  a longer text ",
    "NA",
    "",
    "  ",
  ];
  const codes = Int32Array.from([...cells, ...cells], (cell) => codeOf(index, cell));
  expect(index.codeOfText("1.00")).toBe(codeOf(index, "1"));
  expect(index.finish(codes)).toEqual(["1", "a", "a longer text", "b"]);
  const once = [3, 1, 3, 0, 0, 0, 2, 2, MISSING, MISSING, MISSING];
  expect([...codes]).toEqual([...once, ...once]);
});

test("zero bytes, lengths and neighbours do not confuse short cells", () => {
  const index = new CategoryIndex(new MissingMarkers([]));
  const cells = ["\0a", "a", "a\0", "\0\0a", "ab", "ba", "abcdef", "abcdefg", "é", "Ã©"];
  const codes = Int32Array.from(cells, (cell) => codeOf(index, cell));
  expect(new Set(codes).size).toBe(cells.length);
  const categories = index.finish(codes);
  expect([...codes].map((code) => categories[code])).toEqual(cells);
});

test("bytes that are no UTF-8 are told apart, each time", () => {
  const index = new CategoryIndex(new MissingMarkers([]));
  for (const bad of [Buffer.from([0xff]), Buffer.from("caf\xe9 au lait", "latin1")]) {
    expect([codeOf(index, bad), codeOf(index, bad)]).toEqual([NOT_UTF8, NOT_UTF8]);
  }
  expect(index.finish(new Int32Array(0))).toEqual([]);
});

test("categories that no row has are dropped", () => {
  const index = new CategoryIndex(new MissingMarkers([]));
  const codes = Int32Array.from(["z", "y", "x"], (cell) => codeOf(index, cell)).slice(0, 1);
  expect(index.finish(codes)).toEqual(["z"]);
  expect([...codes]).toEqual([0]);
});
