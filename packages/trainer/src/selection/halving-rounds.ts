/** One pass over the candidates that are left. */
export interface Round {
  /** Share of the training rows that it scores on, 1 being all. */
  readonly share: number;
  /** How many candidates enter it. */
  readonly candidates: number;
}

/** The only round of a search that does not halve. */
export function singleRound(candidates: number): readonly Round[] {
  return [{ share: 1, candidates }];
}

/**
 * The rounds of successive halving (Jamieson and Talwalkar 2016): each keeps one in `factor` of the candidates and
 * has `factor` times the rows of the one before it; the last one has all rows and at most `factor` candidates, but
 * for rounding up. As many rounds and candidates as scikit-learn's HalvingRandomSearchCV with `min_resources` so
 * chosen that the last round exhausts the rows.
 *
 * @param candidates at least 1
 * @param factor a whole number, at least 2
 */
export function halvingRounds(candidates: number, factor: number): readonly Round[] {
  let reduction = 1;
  while (reduction * factor <= candidates) reduction *= factor;
  const rounds: Round[] = [];
  for (let left = candidates; reduction >= 1; reduction /= factor) {
    rounds.push({ share: 1 / reduction, candidates: left });
    left = Math.ceil(left / factor);
  }
  return rounds;
}
