import { layOutMemory } from "../../../src/engine/hist/memory-layout.ts";
import type { MemoryNeeds } from "../../../src/engine/hist/memory-layout.ts";

const NEEDS: MemoryNeeds = {
  rows: 1000,
  columns: 30,
  totalBins: 70,
  physical: 5,
  threads: 2,
  nodes: 127,
  builds: 64,
  histograms: 64,
  tables: 64,
  chunk: 2048,
  counting: false,
  holdingOut: false,
  codes: null,
};

test("nothing is in the way of anything else", () => {
  const layout = layOutMemory({ ...NEEDS, counting: true, holdingOut: true });
  const {
    stride,
    areaBytes,
    buildBytes,
    scratchBytes,
    coverBytes,
    histogramBytes,
    bytes,
    ...starts
  } = layout;
  expect({ stride, buildBytes, histogramBytes }).toEqual({
    stride: 8,
    buildBytes: 20_480,
    histogramBytes: 1120,
  });
  expect(areaBytes).toBe(64 * buildBytes);
  const sorted = Object.values(starts).sort((a, b) => a - b);
  expect(new Set(sorted).size).toBe(sorted.length);
  expect(layout.rowCounts).toBeGreaterThanOrEqual(layout.moments + 8000);
  expect(layout.areas).toBeGreaterThanOrEqual(layout.scratch + 2 * scratchBytes);
  expect(layout.scratch).toBeGreaterThanOrEqual(layout.covers + 2 * coverBytes);
  expect(bytes).toBeGreaterThanOrEqual((sorted.at(-1) as number) + 1000);
});

test("codes that are there already stay where they are, all else comes after them", () => {
  const layout = layOutMemory({ ...NEEDS, codes: 4096 });
  expect(layout.codes).toBe(4096);
  expect(layout.scores).toBeGreaterThanOrEqual(4096 + 1000 * layout.stride);
  expect(layout.scores).toBeLessThan(4096 + 1000 * layout.stride + 64);
  const { bytes } = layOutMemory(NEEDS);
  expect(layout.bytes).toBeLessThan(bytes + 4096);
});

test("ten million rows of thirty continuous columns fit in, a hundred million do not", () => {
  const wide = { ...NEEDS, physical: 30, totalBins: 30 * 255 };
  expect(layOutMemory({ ...wide, rows: 10_000_000 }).bytes).toBeLessThan(2 ** 30);
  expect(() => layOutMemory({ ...wide, rows: 100_000_000 })).toThrow(
    expect.objectContaining({
      code: "TRAINER_OUT_OF_MEMORY",
      message: "100000000 distinct rows of 30 columns take 5.5 GiB, and a fit has at most 4",
    }),
  );
});
