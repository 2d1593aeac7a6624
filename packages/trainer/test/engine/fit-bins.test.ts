import { SeededRandom } from "@gillnet/entity";
import type { RowMajorF64 } from "@gillnet/entity";

import { applyBins } from "../../src/engine/apply-bins.ts";
import { MAX_VALUE_BINS } from "../../src/engine/dtypes.ts";
import type { CategoricalBins, NumericBins } from "../../src/engine/dtypes.ts";
import { fitBins } from "../../src/engine/fit-bins.ts";

function oneColumn(values: readonly number[]): RowMajorF64 {
  return { data: Float64Array.from(values), rows: values.length, cols: 1 };
}

const NUMERIC = [{ kind: "numeric", name: "a" }] as const;

function numericBins(values: readonly number[], weights?: readonly number[]): NumericBins {
  const weight = Float64Array.from(weights ?? values.map(() => 1));
  return fitBins(oneColumn(values), weight, NUMERIC)[0] as NumericBins;
}

describe("fitBins, numeric columns", () => {
  test("few values get a bin each, missing cells one more", () => {
    const bins = numericBins([3, -1, NaN, 0.5, 3, -1]);
    expect(bins.hasMissing).toBe(true);
    expect(bins.valueBins).toBe(3);
    expect(Array.from(bins.lowest)).toEqual([-1, 0.5, 3]);
    expect(Array.from(bins.highest)).toEqual([-1, 0.5, 3]);
  });

  test("254 values are few, 255 are many", () => {
    const values = Array.from({ length: MAX_VALUE_BINS + 1 }, (_, i) => i * i);
    const few = numericBins(values.slice(1));
    expect(Array.from(few.lowest)).toEqual(Array.from(few.highest));
    expect(numericBins(values).valueBins).toBeLessThanOrEqual(MAX_VALUE_BINS);
  });

  test("many values fill bins of about equal weight that cover every value in order", () => {
    const random = new SeededRandom(1);
    const values = Array.from({ length: 5000 }, () => random.uniform() ** 3);
    const bins = numericBins(values);
    expect(bins.valueBins).toBe(MAX_VALUE_BINS);
    const counts = new Float64Array(bins.valueBins);
    const binned = applyBins(oneColumn(values), [bins]);
    binned.codes.data.forEach((bin, row) => {
      counts[bin] = (counts[bin] as number) + 1;
      expect(values[row]).toBeGreaterThanOrEqual(bins.lowest[bin] as number);
      expect(values[row]).toBeLessThanOrEqual(bins.highest[bin] as number);
    });
    expect(Math.min(...counts)).toBeGreaterThan(10);
    expect(Math.max(...counts)).toBeLessThan(30);
    for (let bin = 1; bin < bins.valueBins; bin++) {
      expect(bins.lowest[bin]).toBeGreaterThan(bins.highest[bin - 1] as number);
    }
  });

  test("a heavy value among many has a bin of its own", () => {
    const values = Array.from({ length: 1000 }, (_, i) => i);
    const weights = values.map((value) => (value === 500 ? 5000 : 1));
    const bins = numericBins(values, weights);
    const at = Array.from(bins.lowest).indexOf(500);
    expect(at).toBeGreaterThan(0);
    expect(bins.highest[at]).toBe(500);
  });

  test("a row of weight 3 counts as three rows", () => {
    const random = new SeededRandom(2);
    const values = Array.from({ length: 600 }, () => random.uniform());
    const weights = values.map(() => 1 + random.integer(4));
    const repeated = values.flatMap((value, i) => new Array<number>(weights[i] ?? 0).fill(value));
    expect(numericBins(values, weights)).toEqual(numericBins(repeated));
  });

  describe("from a sample of many rows", () => {
    const random = new SeededRandom(5);
    const cells = Array.from({ length: 260_000 }, (_, row) =>
      row % 5 === 0 ? 0.25 : row % 50 === 1 ? NaN : random.uniform() ** 2,
    );
    const two = (rows: readonly number[]): RowMajorF64 => ({
      data: Float64Array.from(rows.flatMap((row) => [cells[row] as number, row])),
      rows: rows.length,
      cols: 2,
    });
    const features = [...NUMERIC, { kind: "numeric", name: "b" }] as const;
    const inOrder = Array.from(cells.keys());
    const bins = fitBins(two(inOrder), null, features);

    test("the bins still have about equal weight, and a heavy value its own", () => {
      const [first] = bins as readonly [NumericBins];
      const codes = applyBins(two(inOrder), bins).codes.data.subarray(0, cells.length);
      const counts = new Float64Array(first.valueBins + 1);
      codes.forEach((bin) => (counts[bin] = (counts[bin] as number) + 1));
      expect(counts[first.valueBins]).toBe(cells.filter((cell) => Number.isNaN(cell)).length);
      const heavy = Array.from(first.lowest).indexOf(0.25);
      expect(first.highest[heavy]).toBe(0.25);
      const others = counts.subarray(0, first.valueBins).filter((_, bin) => bin !== heavy);
      const mean = others.reduce((sum, count) => sum + count, 0) / others.length;
      expect(Math.max(...others)).toBeLessThan(1.5 * mean);
      expect(Math.min(...others)).toBeGreaterThan(0.25 * mean);
    });

    test("the order of the rows does not matter, and a row of weight 2 counts as two rows", () => {
      const order = [...inOrder];
      random.shuffle(order);
      expect(fitBins(two(order), null, features)).toEqual(bins);
      const weights = Float64Array.from(inOrder, (row) => 1 + (row % 2));
      const repeated = inOrder.flatMap((row) => (row % 2 === 1 ? [row, row] : [row]));
      expect(fitBins(two(inOrder), weights, features)).toEqual(
        fitBins(two(repeated), null, features),
      );
    });
  });

  test("a column of missing cells has no value bin", () => {
    expect(numericBins([NaN, NaN])).toMatchObject({ valueBins: 0, hasMissing: true });
  });
});

describe("fitBins, categorical columns", () => {
  const feature = (categories: number) =>
    [
      {
        kind: "categorical",
        name: "c",
        categories: Array.from({ length: categories }, (_, i) => `${i}`),
      },
    ] as const;

  test("up to 254 categories are their own bins", () => {
    const bins = fitBins(oneColumn([2, 0, NaN]), new Float64Array(3).fill(1), feature(3));
    expect(bins).toEqual([
      { kind: "categorical", valueBins: 3, hasMissing: true, binOfCode: Uint8Array.of(0, 1, 2) },
    ]);
  });

  test("of more, the 253 heaviest have their own, ties by code, and the rest share the last", () => {
    const codes = Array.from({ length: 300 }, (_, code) => code);
    // The last forty weigh most.
    const weight = Float64Array.from(codes, (code) => (code >= 260 ? 5 : 1));
    const [bins] = fitBins(oneColumn(codes), weight, feature(300)) as [CategoricalBins];
    expect(bins.valueBins).toBe(254);
    // 253 - 40 of the light ones are left with a bin: codes 0 to 212.
    expect(Array.from(bins.binOfCode.subarray(0, 214))).toEqual([...codes.slice(0, 213), 253]);
    expect(new Set(bins.binOfCode.subarray(213, 260))).toEqual(new Set([253]));
    expect(bins.binOfCode[260]).toBe(213);
    expect(bins.binOfCode[299]).toBe(252);
  });
});
