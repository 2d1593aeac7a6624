import { SeededRandom } from "@gillnet/entity";
import type { InputFeature } from "@gillnet/model-bundle";

import { canonicalRows } from "../../src/data/canonical-part.ts";
import { codedRows } from "../../src/data/coded-rows.ts";
import type { CodedRows } from "../../src/data/coded-rows.ts";
import { applyBins } from "../../src/engine/apply-bins.ts";
import type { RowMajorNumbers } from "../../src/engine/dtypes.ts";
import { fitBins } from "../../src/engine/fit-bins.ts";
import { fillMemory } from "../../src/engine/hist/fit-memory.ts";
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

function coded(
  rows: RowMajorNumbers,
  itsLabels: Uint8Array,
  itsWeights: Float64Array | null,
  itsFeatures: readonly InputFeature[],
  form?: "packed",
): CodedRows {
  const columns = fitBins(rows, itsWeights, itsFeatures);
  return codedRows(rows, columns, itsLabels, itsWeights, form);
}

/** Each coded row with its weights, as text. */
function linesOf({ binned, targets }: Pick<CodedRows, "binned" | "targets">): readonly string[] {
  const { data, rows, cols } = binned.codes;
  return Array.from({ length: rows }, (_, row) => {
    const codes = Array.from({ length: cols }, (__, column) => data[column * rows + row]);
    return `${codes.join()}: ${targets.sum[row]} of ${targets.weight[row]}`;
  });
}

test("the rows and weights are those of the slow way: distinct numbers first, then their codes", () => {
  const found = coded(x, labels, weights, features);
  const part = canonicalRows({
    x,
    cols: x.cols,
    labels,
    groups: new Float64Array(ROWS),
    weights,
  });
  const binned = applyBins(part.x, fitBins(part.x, part.targets.weight, features));
  expect(found.binned.columns).toEqual(binned.columns);
  expect(found.binned.binStart).toEqual(binned.binStart);
  const lines = linesOf(found);
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
  expect(coded(copies, copied, null, features)).toEqual(coded(x, labels, weights, features));
});

test("numbers of another width have the same codes", () => {
  const wanted = coded(x, labels, null, features);
  const narrow = { ...x, data: Float32Array.from(x.data) };
  expect(coded(narrow, labels, null, features)).toEqual(wanted);
  const bytes = { ...x, data: Uint8Array.from(x.data, (value) => 4 * value + 4) };
  const numbers = { ...x, data: Float64Array.from(bytes.data) };
  const numeric = features.map(({ name }) => ({ kind: "numeric" as const, name }));
  expect(coded(bytes, labels, null, numeric)).toEqual(coded(numbers, labels, null, numeric));
});

test.each([
  ["all rows differ", [3, 2000, 2, 2, 900, 7]],
  ["many rows are alike", [3, 5, 2, 2, 7, 4]],
  ["most rows are alike", [2, 1, 2, 1, 2, 3]],
])(
  "%s: packed codes of the distinct ones are those by columns, and fill the same memory",
  (_, levels) => {
    const recipes = levels.map((count) => ({ kind: "numeric", levels: count }) as const);
    const many = randomTable(3000, recipes, new SeededRandom(5));
    const byColumns = coded(many.x, many.labels, null, many.features);
    const packed = coded(many.x, many.labels, null, many.features, "packed");
    expect(packed.targets).toEqual(byColumns.targets);
    const limits = {
      growth: "depth_wise",
      maxDepth: 4,
      maxLeaves: 16,
      leastWeight: 2,
      leastHessian: 1,
      l2: 1,
      treeColumns: 6,
      drawnColumns: 6,
      monotonic: new Int8Array(6),
    } as const;
    const memories = [byColumns, packed].map(({ binned, targets }) => {
      const rowWeights = { positive: 1, negative: 1 };
      const rest = { rowWeights, heldOut: null, subsample: 1, initialScore: 0.2, threads: 1 };
      return fillMemory({ binned, targets, ...rest }, limits);
    });
    const [codes, scores, others] = (["codes", "scores", "moments"] as const).map((part) =>
      memories.map(({ kernel, layout, rows }) => {
        const width = part === "codes" ? layout.stride : 8;
        return kernel.bytes.slice(layout[part], layout[part] + rows * width);
      }),
    );
    expect(codes?.[1]).toEqual(codes?.[0]);
    expect(scores?.[1]).toEqual(scores?.[0]);
    // What the rows were coded with is gone.
    expect(others?.[1]).toEqual(others?.[0]);
  },
);
