import * as fc from "fast-check";
import { DEFAULT_LIMITS, encodeContainer } from "../src/container.ts";
import type { TensorData } from "../src/container.ts";
import { decodeContainer } from "../src/decode-container.ts";
import { chooseForm, packDoubles, packIntegers } from "../src/pack-array.ts";
import { ArrayReader } from "../src/array-reader.ts";

function readerOf(tensors: readonly TensorData[]): ArrayReader {
  const container = decodeContainer(encodeContainer("bundle", {}, tensors), DEFAULT_LIMITS);
  return new ArrayReader(container, 1e9);
}

test.each<[readonly number[], string]>([
  [[], "integers"],
  [[0, 1, 255], "integers"],
  [[-1, 2 ** 31 - 1], "integers"],
  [[-1, 2 ** 31, ...new Array<number>(20).fill(0)], "table"],
  [[0.5, 1, 0.5, 1, 0.5, 1], "table"],
  [[NaN, 1, NaN, 1, NaN, 1], "table"],
  [[Infinity, 1, Infinity, 1, Infinity, 1], "table"],
  [[0.5, 1], "doubles"],
  [[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], "doubles"],
  [[-0, 1, 0, 1, 0, 1, 0, 1, 0], "doubles"],
])("%j is stored as %s", (values, form) => {
  expect(chooseForm(Float64Array.from(values)).kind).toBe(form);
});

test("a table ascends, NaN last", () => {
  const values = Float64Array.from([NaN, 0.5, -1, Infinity, -1, 0.5, NaN, -1, -1, -1, -1, -1]);
  const [table, index] = packDoubles("x", values);
  expect(table).toMatchObject({ name: "x.table", values: Float64Array.of(-1, 0.5, Infinity, NaN) });
  expect(index).toMatchObject({ name: "x.index", dtype: "u8" });
});

const doubles = fc.oneof(
  fc.array(fc.double()),
  fc.array(fc.constantFrom(0, -0, 1, 0.5, NaN, Infinity, 1e-300), { maxLength: 60 }),
  fc.array(fc.integer(), { maxLength: 60 }),
  fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 60 }),
);

test("doubles come back with their bits, in no more bytes than they have", () => {
  fc.assert(
    fc.property(doubles, (numbers) => {
      const values = Float64Array.from(numbers);
      const tensors = packDoubles("x", values);
      const reader = readerOf(tensors);
      const back = reader.doubles("x", [values.length]);
      reader.finish();
      expect(back).toStrictEqual(values);
      const bytes = { u8: 1, i8: 1, u16: 2, i16: 2, u32: 4, i32: 4, f64: 8 };
      const stored = tensors.reduce((sum, each) => sum + each.values.length * bytes[each.dtype], 0);
      expect(stored).toBeLessThanOrEqual(values.length * 8);
    }),
    { numRuns: 500 },
  );
});

test("integers come back", () => {
  const arrays = fc.array(fc.oneof(fc.integer(), fc.integer({ min: -3, max: 400 })));
  fc.assert(
    fc.property(arrays, (numbers) => {
      const values = Int32Array.from(numbers);
      const reader = readerOf([packIntegers("x", values)]);
      expect(reader.integers(Int32Array, "x", values.length)).toStrictEqual(values);
    }),
    { numRuns: 300 },
  );
});

test("arrays that are not stored are zeros", () => {
  const reader = readerOf([]);
  expect(reader.integersOrZeros(Uint8Array, "a", 2)).toStrictEqual(new Uint8Array(2));
  expect(reader.doublesOrZeros("b", 3)).toStrictEqual(new Float64Array(3));
});
