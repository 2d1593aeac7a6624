import { halvingRounds, singleRound } from "../../src/selection/halving-rounds.ts";

test.each([
  // 146 candidates, as in scikit-learn: n_candidates_ 146, 49, 17, 6, 2.
  [146, 3, [146, 49, 17, 6, 2]],
  [50, 3, [50, 17, 6, 2]],
  [9, 3, [9, 3, 1]],
  [8, 3, [8, 3]],
  [8, 2, [8, 4, 2, 1]],
  [2, 3, [2]],
  [1, 2, [1]],
])("%i candidates by %i", (candidates, factor, expected) => {
  const rounds = halvingRounds(candidates, factor);
  expect(rounds.map((round) => round.candidates)).toEqual(expected);
});

test("each round follows scikit-learn's formulas, and the last one has all rows", () => {
  for (let candidates = 1; candidates < 400; candidates++) {
    for (let factor = 2; factor <= 5; factor++) {
      const rounds = halvingRounds(candidates, factor);
      // 1e-9 heals what the logarithm of a power loses.
      const wanted = 1 + Math.floor(Math.log(candidates) / Math.log(factor) + 1e-9);
      expect(rounds.length).toBe(wanted);
      let left = candidates;
      rounds.forEach((round, r) => {
        expect(round.candidates).toBe(left);
        expect(round.share).toBeCloseTo(factor ** (r - wanted + 1), 12);
        left = Math.ceil(left / factor);
      });
      expect(rounds.at(-1)?.share).toBe(1);
      expect(rounds.at(-1)?.candidates).toBeLessThanOrEqual(factor);
    }
  }
});

test("a search that does not halve has one round of all rows", () => {
  expect(singleRound(7)).toEqual([{ share: 1, candidates: 7 }]);
});
