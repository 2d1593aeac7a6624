import { SeededRandom } from "@gillnet/entity";

import { inOrder, sortByKey } from "../../src/engine/sort-by-key.ts";

test.each([1, 5, 3000, 2 ** 24, 4294967295])("keys up to %d: ascending and stable", (bound) => {
  const random = new SeededRandom(1);
  const keys = Uint32Array.from({ length: 500 }, () => random.integer(bound));
  const order = inOrder(500);
  random.shuffle(order);
  const place = new Map(Array.from(order, (index, at) => [index, at]));
  const wanted = Array.from(order).sort(
    (a, b) =>
      (keys[a] as number) - (keys[b] as number) ||
      (place.get(a) as number) - (place.get(b) as number),
  );
  expect(Array.from(sortByKey(order, keys))).toEqual(wanted);
});

test("some of the indices can be sorted by themselves", () => {
  expect(Array.from(sortByKey(Int32Array.of(3, 0, 2), Uint8Array.of(9, 1, 5, 7)))).toEqual([
    2, 3, 0,
  ]);
  expect(sortByKey(new Int32Array(0), new Int32Array(0)).length).toBe(0);
});
