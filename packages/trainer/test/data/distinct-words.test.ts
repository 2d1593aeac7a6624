import { SeededRandom } from "@gillnet/entity";

import { distinctWords } from "../../src/data/distinct-words.ts";

const WIDTH = 3;

/** Rows of few distinct words, as one array. */
function randomRows(rows: number, levels: number): Uint32Array {
  const random = new SeededRandom(6);
  return Uint32Array.from({ length: rows * WIDTH }, () => random.integer(levels) * 0x3fffffff);
}

/** The rows in another order. */
function shuffled(words: Uint32Array): Uint32Array {
  const order = Array.from({ length: words.length / WIDTH }, (_, row) => row);
  new SeededRandom(7).shuffle(order);
  return Uint32Array.from(order.flatMap((row) => Array.from(rowOf(words, row))));
}

function rowOf(words: Uint32Array, row: number): Uint32Array {
  return words.subarray(row * WIDTH, (row + 1) * WIDTH);
}

const hashes: readonly (readonly [string, number])[] = [
  ["the hash", 0xffffffff],
  ["all rows colliding", 0],
  ["many rows colliding", 0x00200401],
];

describe.each(hashes)("%s", (name, hashMask) => {
  test.each([
    [1, 1],
    [50, 1],
    [400, 4],
    [name === "the hash" ? 5000 : 600, 1000],
  ])("%d rows of %d levels: each row leads to one like it, no two are alike", (rows, levels) => {
    const words = randomRows(rows, levels);
    const { first, indexOf } = distinctWords(words, rows, WIDTH, hashMask);
    const keys = Array.from({ length: rows }, (_, row) => rowOf(words, row).join());
    keys.forEach((key, row) => expect(keys[first[indexOf[row] as number] as number]).toBe(key));
    expect(first.length).toBe(new Set(keys).size);
    // The first of those alike stands for them.
    first.forEach((row) => expect(keys.indexOf(keys[row] as string)).toBe(row));

    const others = shuffled(words);
    const again = distinctWords(others, rows, WIDTH, hashMask);
    expect(Array.from(again.first, (row) => rowOf(others, row).join())).toEqual(
      Array.from(first, (row) => keys[row]),
    );
  });
});

test("no rows have no distinct ones", () => {
  expect(distinctWords(new Uint32Array(0), 0, WIDTH)).toEqual({
    first: new Int32Array(0),
    indexOf: new Int32Array(0),
  });
});
