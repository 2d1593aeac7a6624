import { SeededRandom } from "@gillnet/entity";

import { recordsOf } from "../../src/engine/code-records.ts";
import { FilledBins } from "../../src/engine/filled-bins.ts";
import type { NodeRows } from "../../src/engine/node-rows.ts";
import { RowBlock } from "../../src/engine/row-block.ts";
import { noSplit } from "../../src/engine/splitting.ts";
import type { Split } from "../../src/engine/splitting.ts";
import { TableRows } from "../../src/engine/table-rows.ts";
import { randomTable, targetsOf, trainingSetOf } from "../random-table.ts";

const ROWS = 400;
const random = new SeededRandom(81);
const table = randomTable(
  ROWS,
  [
    { kind: "numeric", levels: 2 },
    { kind: "numeric", levels: 2, missing: 0.2 },
    { kind: "numeric", levels: 3 },
    { kind: "numeric", levels: 1, missing: 0.2 },
    { kind: "categorical", levels: 3 },
    { kind: "numeric", levels: 60, missing: 0.1 },
    { kind: "numeric", levels: 350 },
    { kind: "categorical", levels: 40, missing: 0.1 },
    { kind: "numeric", levels: 4 },
    { kind: "numeric", levels: 200 },
    { kind: "numeric", levels: 2 },
  ],
  random,
);
const { binned } = trainingSetOf(table);
const targets = targetsOf(
  table.labels,
  Array.from({ length: ROWS }, () => random.integer(4)),
);
const inTree = [...targets.weight.keys()].filter((row) => (targets.weight[row] as number) > 0);
const everyColumn = Int32Array.from(binned.columns.keys());
const code = (row: number, column: number): number =>
  binned.codes.data[column * ROWS + row] as number;

/** Both ways to hold a node, started on all rows of the tree. */
function everyKind(): readonly (readonly [string, NodeRows])[] {
  const records = recordsOf(binned.codes);
  const rows = new TableRows(binned, records);
  rows.start(targets);
  const inBlock = new TableRows(binned, records);
  inBlock.start(targets);
  const block = new RowBlock(binned.columns, records.stride);
  block.load(inBlock, 0, inBlock.size);
  return [
    ["table", rows],
    ["block", block],
  ];
}

/** The column's bins as one counts them by hand: [bin, sum, weight] each, the missing ones last. */
function counted(rows: readonly number[], column: number): number[][] {
  const cells = new Map<number, number[]>();
  for (const row of rows) {
    const cell = cells.get(code(row, column)) ?? [code(row, column), 0, 0];
    cell[1] = (cell[1] as number) + (targets.sum[row] as number);
    cell[2] = (cell[2] as number) + (targets.weight[row] as number);
    cells.set(code(row, column), cell);
  }
  return [...cells.values()].sort((a, b) => (a[0] as number) - (b[0] as number));
}

function read(rows: NodeRows, index: number): number[][] {
  const filled = new FilledBins();
  rows.read(index, filled);
  const bins = Array.from({ length: filled.count }, (_, i) => [
    filled.bin[i] as number,
    filled.sum[i] as number,
    filled.weight[i] as number,
  ]);
  const missing = binned.columns[everyColumn[index] as number]?.valueBins as number;
  if (filled.missingWeight > 0) bins.push([missing, filled.missingSum, filled.missingWeight]);
  return bins;
}

function totals(rows: readonly number[]): [number, number] {
  const of = (values: Float64Array): number =>
    rows.reduce((sum, row) => sum + (values[row] as number), 0);
  return [of(targets.sum), of(targets.weight)];
}

function expectCounts(rows: NodeRows, start: number, members: readonly number[]): void {
  // Twice: nothing may be left over from the first time.
  for (let round = 0; round < 2; round++) {
    const end = start + members.length;
    rows.count(everyColumn, everyColumn.length, start, end, ...totals(members));
    everyColumn.forEach((column) => expect(read(rows, column)).toEqual(counted(members, column)));
  }
}

test.each(everyKind())("%s: counts are those of a count by hand", (_, rows) => {
  expectCounts(rows, 0, inTree);
});

test.each(everyKind())("%s: a node is parted as its split says, down to few rows", (_, rows) => {
  let members = inTree;
  for (const [feature, leftBin, missingLeft] of [
    [5, 30, true],
    [6, 120, false],
    [1, 0, true],
    [8, 1, false],
  ] as const) {
    const split: Split = { ...noSplit(), feature, leftBin, rightBin: leftBin + 1, missingLeft };
    const { valueBins } = binned.columns[feature] as (typeof binned.columns)[number];
    const goesLeft = (row: number): boolean => {
      const bin = code(row, feature);
      return bin === valueBins ? missingLeft : bin <= leftBin;
    };
    const end = members.length;
    const middle = rows.part(split, 0, end);
    const right = members.filter((row) => !goesLeft(row));
    members = members.filter((row) => goesLeft(row));
    expect(middle).toBe(members.length);
    expect(right.length).toBe(end - middle);
    expectCounts(rows, middle, right);
    expectCounts(rows, 0, members);
  }
  expect(members.length).toBeLessThan(48);
});

test.each(everyKind())("%s: subsets of categories go left", (_, rows) => {
  const split: Split = { ...noSplit(), feature: 7, missingLeft: true };
  for (let bin = 0; bin <= 40; bin++) split.goesLeft[bin] = bin % 3 === 0 || bin === 40 ? 1 : 0;
  const middle = rows.part(split, 0, inTree.length);
  const left = inTree.filter((row) => split.goesLeft[code(row, 7)] === 1);
  expect(middle).toBe(left.length);
  expectCounts(rows, 0, left);
});

test("a block knows which columns are constant", () => {
  const records = recordsOf(binned.codes);
  const rows = new TableRows(binned, records);
  rows.start(targets);
  const block = new RowBlock(binned.columns, records.stride);
  for (const [start, end] of [
    [0, 2],
    [5, 6],
    [40, 44],
  ] as const) {
    block.load(rows, start, end);
    const constant = new Uint32Array(2);
    block.markConstant(0, end - start, constant, 1);
    const members = inTree.slice(start, end);
    const wanted = everyColumn.map((column) => Number(counted(members, column).length === 1));
    expect(everyColumn.map((column) => ((constant[1] as number) >>> column) & 1)).toEqual(wanted);
    expect(constant[0]).toBe(0);
  }
});

test("a block has its bounds", () => {
  const records = recordsOf(binned.codes);
  const block = new RowBlock(binned.columns, records.stride);
  expect(block.fits(5000, 32_767)).toBe(true);
  expect(block.fits(5000, 32_768)).toBe(false);
  expect(block.fits(1_000_000, 1)).toBe(false);
});

test("rows without weight take no part; whole weights are known as such", () => {
  const rows = new TableRows(binned, recordsOf(binned.codes));
  rows.start(targets);
  expect([rows.size, rows.sum, rows.weight]).toEqual([inTree.length, ...totals(inTree)]);
  expect(rows.isWhole).toBe(true);
  rows.start({ sum: targets.sum, weight: targets.weight.map((weight) => weight / 2) });
  expect(rows.isWhole).toBe(false);
});
