/**
 * Deals groups to folds, each to the one that has least of what the group brings: the lowest sum over classes of the
 * fold's share of the class times the group's. Ties go to the fold with the least weight, then to the first.
 *
 * @param order the groups in the order in which they are dealt
 * @param positive of each group, float64; and `negative` likewise
 * @param sums zeroed, two float64 a fold
 * @param foldOf OUT a byte a group
 */
export function dealGroups(
  order: usize, groups: usize, positive: usize, negative: usize, folds: i32, sums: usize,
  positiveTotal: f64, negativeTotal: f64, foldOf: usize,
): void {
  for (let i: usize = 0; i < groups; i++) {
    const group = <usize>load<u32>(order + (i << 2));
    const ofPositive = load<f64>(positive + (group << 3));
    const ofNegative = load<f64>(negative + (group << 3));
    const positiveShare = ofPositive / positiveTotal;
    const negativeShare = ofNegative / negativeTotal;
    let best = 0;
    let bestCost = Infinity;
    let bestWeight = Infinity;
    for (let fold = 0; fold < folds; fold++) {
      const inPositive = load<f64>(sums + (<usize>fold << 4));
      const inNegative = load<f64>(sums + (<usize>fold << 4), 8);
      const cost = (inPositive / positiveTotal) * positiveShare + (inNegative / negativeTotal) * negativeShare;
      const weight = inPositive + inNegative;
      if (cost < bestCost || (cost === bestCost && weight < bestWeight)) {
        best = fold;
        bestCost = cost;
        bestWeight = weight;
      }
    }
    store<u8>(foldOf + group, best);
    const sum = sums + (<usize>best << 4);
    store<f64>(sum, load<f64>(sum) + ofPositive);
    store<f64>(sum, load<f64>(sum, 8) + ofNegative, 8);
  }
}
