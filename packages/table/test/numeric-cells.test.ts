import { canonicalNumber, parseNumber, SeededRandom } from "@gillnet/entity";
import { MissingMarkers } from "../src/missing-markers.ts";
import { NOT_A_NUMBER, numberFromBytes, numberFromText } from "../src/numeric-cells.ts";

const NONE = new MissingMarkers([]);

/** Reads `cell` out of the middle of other bytes. */
function read(cell: string, markers: MissingMarkers = NONE): number {
  const bytes = Buffer.from(`9${cell}9`);
  return numberFromBytes(bytes, 1, bytes.length - 1, markers);
}

test("bytes are read as their text is, bit for bit", () => {
  const random = new SeededRandom(5);
  const letters = "0123456789-+.eE ,x";
  for (let i = 0; i < 20_000; i++) {
    const length = random.integer(20);
    let cell = "";
    for (let k = 0; k < length; k++) {
      cell += letters[random.integer(random.integer(3) === 0 ? letters.length : 12)];
    }
    const slow = cell.trim() === "" ? NaN : (parseNumber(cell) ?? NOT_A_NUMBER);
    expect([cell, Object.is(read(cell), slow)]).toEqual([cell, true]);
  }
});

test("every double comes back from its text", () => {
  const random = new SeededRandom(6);
  const words = new Uint32Array(2);
  const double = new Float64Array(words.buffer);
  for (let i = 0; i < 20_000; i++) {
    words[0] = random.uint32();
    words[1] = random.uint32();
    const value = double[0] as number;
    if (Number.isFinite(value)) expect(read(canonicalNumber(value))).toBe(value + 0);
    const short = (random.integer(2_000_001) - 1_000_000) / 10 ** random.integer(9);
    expect(read(canonicalNumber(short))).toBe(short + 0);
  }
});

test("markers are asked by text, also where they look like numbers", () => {
  const markers = new MissingMarkers(["NA", "-999", "1e2"]);
  expect(read("-999", markers)).toBeNaN();
  expect(read(" -999 ", markers)).toBeNaN();
  expect(read("-999.0", markers)).toBe(-999);
  expect(read("999", markers)).toBe(999);
  expect(read("100", markers)).toBe(100);
  expect(read("1e2", markers)).toBeNaN();
  expect(read("NA", markers)).toBeNaN();
  expect(read("na", markers)).toBe(NOT_A_NUMBER);
  expect(read("", markers)).toBeNaN();
});

test("texts are read the same way", () => {
  expect(numberFromText("\t1.5 ", NONE)).toBe(1.5);
  expect(numberFromText(" ", NONE)).toBeNaN();
  expect(numberFromText("Infinity", NONE)).toBe(NOT_A_NUMBER);
});
