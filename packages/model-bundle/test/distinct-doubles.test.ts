import * as fc from "fast-check";

import { findDistinctDoubles } from "../src/distinct-doubles.ts";

const some = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 5e-324, 1),
  fc.integer(),
);

test("the table is that of a set, and leads back to every value", () => {
  fc.assert(
    fc.property(fc.array(some, { maxLength: 3000 }), (numbers) => {
      const values = Float64Array.from(numbers);
      const found = findDistinctDoubles(values, values.length);
      // A set takes 0 and -0 for one as well.
      expect(found?.table.map((value) => value + 0)).toEqual(
        Float64Array.from(new Set(numbers)).sort(),
      );
      const back = values.map((_, i) => found?.table[found.index[i] as number] as number);
      expect([...back].map((value) => value + 0)).toEqual(numbers.map((value) => value + 0));
    }),
  );
});

test("many values, more than the first hash table holds", () => {
  const values = Float64Array.from({ length: 20_000 }, (_, i) => Math.sin(i % 7000));
  const found = findDistinctDoubles(values, 7000);
  expect(found?.table).toStrictEqual(Float64Array.from(new Set(values)).sort());
  expect(values.map((_, i) => found?.table[found.index[i] as number] as number)).toStrictEqual(
    values,
  );
});

test("nothing when there are too many", () => {
  expect(findDistinctDoubles(Float64Array.of(1, 2, 1, 3), 2)).toBeNull();
  expect(findDistinctDoubles(Float64Array.of(1, 2, 1, 3), 3)).not.toBeNull();
});

test("NaN of any bits is one value", () => {
  const values = new Float64Array(2);
  new Uint32Array(values.buffer).set([1, 0x7ff80000, 0, 0xfff80000]);
  expect(findDistinctDoubles(values, 1)?.table).toEqual(Float64Array.of(NaN));
});
