import { SeededRandom } from "@gillnet/entity";

import { drawCandidates } from "../../src/selection/draw-candidates.ts";

const candidates = Array.from({ length: 12 }, (_, size) => ({ family: "f", params: { size } }));
const sizesOf = (drawn: readonly (typeof candidates)[number][]): number[] =>
  drawn.map(({ params }) => params.size);

test("draws without replacement, in the order of the list, each as likely as the others", () => {
  const times = new Float64Array(12);
  for (let seed = 0; seed < 3000; seed++) {
    const drawn = sizesOf(
      drawCandidates(candidates, 5, new SeededRandom(seed)) as (typeof candidates)[number][],
    );
    expect(new Set(drawn).size).toBe(5);
    expect(drawn).toEqual(drawn.toSorted((a, b) => a - b));
    for (const size of drawn) times[size] = (times[size] as number) + 1;
  }
  // 1250 expected, with a deviation of 27.
  for (const count of times) expect(Math.abs(count - 1250)).toBeLessThan(130);
});

test("draws all when there are no more", () => {
  expect(drawCandidates(candidates, 99, new SeededRandom(1))).toEqual(candidates);
});
