import { SeededRandom } from "@gillnet/entity";

import { ascendingOrder } from "../../src/engine/ascending-order.ts";

const random = new SeededRandom(4);
const uniform = (n: number): Float64Array =>
  Float64Array.from({ length: n }, () => random.uniform());

test.each([
  ["nothing", new Float64Array(0)],
  ["one value", Float64Array.of(0.5)],
  ["zeros of both signs and ones", Float64Array.of(1, 0, -0, 1, 0, -0)],
  ["the smallest and the next to 1", Float64Array.of(1, 1 - 2 ** -53, 5e-324, 0, 1e-300)],
  ["many values", uniform(3000)],
  ["values that tie", uniform(3000).map((value) => Math.round(value * 20) / 20)],
  ["both signs", uniform(900).map((value) => (value - 0.4) * 1e6)],
  ["infinities and the like", Float64Array.of(-Infinity, Infinity, -5e-324, 0, 3, -3, -1e308)],
  ["values near 0", uniform(500).map((value) => value ** 40)],
])("%s: the order of a sort by comparison, ties by index", (_, values) => {
  const wanted = Array.from(values.keys()).sort(
    (a, b) => (values[a] as number) - (values[b] as number) || a - b,
  );
  expect(Array.from(ascendingOrder(values))).toEqual(wanted);
});
