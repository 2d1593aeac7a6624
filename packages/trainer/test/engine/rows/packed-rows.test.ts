import { SeededRandom } from "@gillnet/entity";

import { distinctWords } from "../../../src/data/distinct-words.ts";
import { applyBins } from "../../../src/engine/apply-bins.ts";
import { fitBins } from "../../../src/engine/fit-bins.ts";
import { codeRows } from "../../../src/engine/rows/packed-rows.ts";
import { RowKernel } from "../../../src/engine/rows/row-kernel.ts";
import { randomTable } from "../../random-table.ts";
import type { ColumnRecipe } from "../../random-table.ts";

const ROWS = 900;
const numeric = (levels: number): ColumnRecipe => ({ kind: "numeric", levels });

describe.each<[string, readonly ColumnRecipe[]]>([
  ["one column", [numeric(5)]],
  ["constant columns", [numeric(1), numeric(1)]],
  [
    "columns that share bytes, others that do not",
    [
      { kind: "numeric", levels: 3, missing: 0.2 },
      numeric(400),
      { kind: "categorical", levels: 5 },
      numeric(2),
      { kind: "categorical", levels: 300, missing: 0.1 },
      numeric(2),
    ],
  ],
  ["more than eight bytes a row", Array.from({ length: 11 }, () => numeric(90))],
])("%s", (_, recipes) => {
  const { x, features } = randomTable(ROWS / 3, recipes, new SeededRandom(3));
  const { cols } = x;
  // Each row comes three times, in some order.
  const order = Array.from({ length: ROWS }, (__, row) => row % x.rows);
  new SeededRandom(4).shuffle(order);
  const data = Float64Array.from(
    order.flatMap((row) => Array.from(x.data.subarray(row * cols, (row + 1) * cols))),
  );
  const rows = { data, rows: ROWS, cols };
  const bins = applyBins(rows, fitBins(rows, null, features));
  const { data: codes } = bins.codes;
  const width = Math.ceil(cols / 4);
  const bytes = new Uint8Array(ROWS * width * 4);
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < cols; column++) {
      bytes[row * width * 4 + column] = codes[column * ROWS + row] as number;
    }
  }

  test.each([
    ["the hash", 0xffffffff],
    ["all rows colliding", 0],
    ["many rows colliding", 0x00100401],
  ])("%s: rows are numbered as their codes by themselves are", (__, hashMask) => {
    const wanted = distinctWords(new Uint32Array(bytes.buffer), ROWS, width, hashMask);
    RowKernel.use((kernel) => {
      const packed = codeRows(kernel, rows, bins, hashMask);
      expect(packed.distinct).toBe(wanted.first.length);
      const indexOf = new Int32Array(ROWS);
      const places = Array.from({ length: ROWS }, (___, i) => i);
      for (const i of places) {
        indexOf[packed.numbered[2 * i] as number] = packed.numbered[2 * i + 1] as number;
      }
      expect(indexOf).toEqual(wanted.indexOf);
      const numbers = places.map((i) => packed.numbered[2 * i + 1] as number);
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    });
  });

  test("unpacked again, rows have their codes", () => {
    RowKernel.use((kernel) => {
      const { at, stride, places } = codeRows(kernel, rows, bins);
      const list = kernel.reserve(ROWS * 4);
      kernel.u32(list, ROWS).set(Array.from({ length: ROWS }, (__, row) => row));
      const to = kernel.reserve(ROWS * cols);
      kernel.run.unpackRows(list, ROWS, at, stride, cols, places, to, ROWS, 1);
      expect(kernel.u8(to, ROWS * cols)).toEqual(codes);
    });
  });
});
