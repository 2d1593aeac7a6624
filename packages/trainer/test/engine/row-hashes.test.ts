import type { RowMajorNumbers } from "../../src/engine/dtypes.ts";
import { hashRows } from "../../src/engine/row-hashes.ts";

function rowHashes(x: RowMajorNumbers): Uint32Array {
  const all = new Uint32Array(x.rows);
  hashRows(x, (start, hashes) => all.set(hashes, start));
  return all;
}

test("equal rows have equal hashes whatever holds them, others hardly ever", () => {
  const cells = Array.from({ length: 4000 }, (_, i) => (i % 2 === 0 ? i / 2 : 7));
  const hash = (data: Float64Array | Float32Array): Uint32Array =>
    rowHashes({ data, rows: 2000, cols: 2 });
  const hashes = hash(Float64Array.from(cells));
  expect(hash(Float32Array.from(cells))).toEqual(hashes);
  expect(new Set(hashes).size).toBeGreaterThan(1995);
  // As many low ones as chance would have it.
  expect(Math.abs(hashes.filter((each) => each < 2 ** 30).length - 500)).toBeLessThan(100);
});

test("-0 is 0, and a missing cell is like another", () => {
  const data = Float64Array.of(0, NaN, -0, -NaN, NaN, 0);
  const [a, b, c] = rowHashes({ data, rows: 3, cols: 2 });
  expect(a).toBe(b);
  expect(a).not.toBe(c);
});
