import * as fc from "fast-check";

import { distinctWords } from "../../src/data/distinct-words.ts";
import { distinctRows } from "../../src/data/distinct-rows.ts";

const cell = fc.constantFrom(-1, 0, 1, 2.5, 2 ** -40, NaN);
const hashMask = fc.constantFrom(0xffffffff, 0x00100401, 0);

function matrixOf(rows: readonly (readonly number[])[]): Parameters<typeof distinctRows>[0] {
  return { data: Float64Array.from(rows.flat()), rows: rows.length, cols: 2 };
}

test("rows are distinct, lead back to the matrix, and come in an order of their own", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 40 }),
      hashMask,
      (rows, mask) => {
        const { x, indexOf } = distinctRows(matrixOf(rows), 2, mask);
        const distinct = Array.from({ length: x.rows }, (_, row) =>
          Array.from(x.data.subarray(2 * row, 2 * row + 2)),
        );
        rows.forEach((row, i) => expect(distinct[indexOf[i] as number]).toEqual(row));
        expect(distinct.length).toBe(new Set(rows.map(String)).size);
        expect(distinctRows(matrixOf(rows.toReversed()), 2, mask).x).toEqual(x);
      },
    ),
  );
});

test("-0 is 0, one NaN is like another, and columns past those that count do not", () => {
  const other = new Float64Array(Uint32Array.of(1, 0xfff80000).buffer)[0] as number;
  const data = Float64Array.of(0, NaN, 1, -0, other, 2, 0, 0, 3);
  const { x, indexOf } = distinctRows({ data, rows: 3, cols: 3 }, 2);
  expect(x.rows).toBe(2);
  expect(indexOf[0]).toBe(indexOf[1]);
  expect(indexOf[2]).not.toBe(indexOf[0]);
  const plain = new Float64Array(x.data.length).fill(0);
  plain[2 * (indexOf[0] as number) + 1] = NaN;
  expect(new Uint8Array(x.data.buffer).slice()).toEqual(new Uint8Array(plain.buffer));
});

test("rows of equal hashes are in the order of their words", () => {
  const rows = [
    [1, 2],
    [2 ** -40, 7],
    [NaN, 1],
    [-5, 0],
    [1, 2.5],
    [1, 2],
    [0, 0],
  ];
  const words = new Uint32Array(Float64Array.from(rows.flat()).buffer);
  const { first, indexOf } = distinctWords(words, rows.length, 4, 0);
  const found = distinctRows(matrixOf(rows), 2, 0);
  expect(found.indexOf).toEqual(indexOf);
  expect(Array.from(found.x.data)).toEqual(Array.from(first).flatMap((row) => rows[row]));
});
