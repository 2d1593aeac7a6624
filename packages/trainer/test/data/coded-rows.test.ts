import { SeededRandom } from "@gillnet/entity";

import { canonicalRows } from "../../src/data/canonical-part.ts";
import { codedRows } from "../../src/data/coded-rows.ts";
import type { CodedRows } from "../../src/data/coded-rows.ts";
import { plainNumber } from "../../src/data/labelled-rows.ts";
import { applyBins } from "../../src/engine/apply-bins.ts";
import { fitBins } from "../../src/engine/fit-bins.ts";
import { randomTable } from "../random-table.ts";

const ROWS = 700;
const table = randomTable(
  ROWS,
  [
    { kind: "numeric", levels: 3, missing: 0.1 },
    { kind: "categorical", levels: 3 },
    { kind: "numeric", levels: 2 },
    { kind: "numeric", levels: 5 },
    { kind: "numeric", levels: 1 },
  ],
  new SeededRandom(2),
);
const { x, labels, features } = table;
const weights = Float64Array.from(labels, (_, row) => 1 + (row % 4));

/** Each coded row with its weights, as text. */
function linesOf({ binned, targets }: Pick<CodedRows, "binned" | "targets">): readonly string[] {
  const { data, rows, cols } = binned.codes;
  return Array.from({ length: rows }, (_, row) => {
    const codes = Array.from({ length: cols }, (__, column) => data[column * rows + row]);
    return `${codes.join()}: ${targets.sum[row]} of ${targets.weight[row]}`;
  });
}

test("the rows and weights are those of the slow way: distinct numbers first, then their codes", () => {
  const coded = codedRows(x, labels, weights, features);
  const part = canonicalRows({
    x: { ...x, data: x.data.map((value) => plainNumber(value)) },
    labels,
    groups: new Float64Array(ROWS),
    weights,
  });
  const binned = applyBins(part.x, fitBins(part.x, part.targets.weight, features));
  expect(coded.binned.columns).toEqual(binned.columns);
  expect(coded.binned.binStart).toEqual(binned.binStart);
  const lines = linesOf(coded);
  expect(lines.toSorted()).toEqual(linesOf({ binned, targets: part.targets }).toSorted());
  expect(new Set(lines).size).toBe(lines.length);
});

test("neither the order of the rows matters nor whether weights or copies say how many they are", () => {
  const order = Array.from(weights).flatMap((count, row) => new Array<number>(count).fill(row));
  new SeededRandom(4).shuffle(order);
  const data = Float64Array.from(
    order.flatMap((row) => [...x.data.subarray(row * x.cols, (row + 1) * x.cols)]),
  );
  const copies = { data, rows: order.length, cols: x.cols };
  const copied = Uint8Array.from(order, (row) => labels[row] as number);
  expect(codedRows(copies, copied, null, features)).toEqual(
    codedRows(x, labels, weights, features),
  );
});

test("numbers of another width have the same codes", () => {
  const wanted = codedRows(x, labels, null, features);
  const narrow = { ...x, data: Float32Array.from(x.data) };
  expect(codedRows(narrow, labels, null, features)).toEqual(wanted);
  const bytes = { ...x, data: Uint8Array.from(x.data, (value) => 4 * value + 4) };
  const numbers = { ...x, data: Float64Array.from(bytes.data) };
  const numeric = features.map(({ name }) => ({ kind: "numeric" as const, name }));
  expect(codedRows(bytes, labels, null, numeric)).toEqual(
    codedRows(numbers, labels, null, numeric),
  );
});
