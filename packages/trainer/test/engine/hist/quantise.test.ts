import { assert, double, integer, property } from "fast-check";

import { findScales } from "../../../src/engine/hist/quantise.ts";

test("no sum passes its bound, however its terms are rounded, and no larger power of two would do", () => {
  assert(
    property(
      double({ min: 1e-12, max: 1e15, noNaN: true }),
      integer({ min: 1, max: 50_000_000 }),
      (weight, rows) => {
        const { gradient, hessian, count, cover } = findScales(weight, rows, weight / rows);
        expect(Number.isInteger(Math.log2(gradient))).toBe(true);
        expect(weight * gradient + rows).toBeLessThan(2 ** 31);
        expect(2 * weight * gradient + rows).toBeGreaterThanOrEqual(2 ** 31 - 1);
        expect((weight / 4) * hessian + rows).toBeLessThan(2 ** 31);
        expect(weight * count + rows).toBeLessThan(2 ** 31);
        expect(weight * cover + rows).toBeLessThanOrEqual(2 ** 53);
      },
    ),
  );
});

test("rounding is by chance when levels are few", () => {
  expect(findScales(8844, 5086, 1)).toMatchObject({ gradient: 2 ** 17, byChance: false });
  expect(findScales(1e6, 1e6, 1)).toMatchObject({ gradient: 2 ** 11, byChance: false });
  expect(findScales(1e7, 1e7, 1)).toMatchObject({ gradient: 2 ** 7, byChance: true });
});
