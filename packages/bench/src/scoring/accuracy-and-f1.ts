/** Share of rows whose class is predicted right, and F1 of the positive class, at a probability of one half. */
export function accuracyAndF1(
  probability: Float64Array,
  labels: Uint8Array,
): { readonly accuracy: number; readonly f1: number } {
  let right = 0;
  let truePositive = 0;
  let positives = 0;
  let predicted = 0;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] as number;
    const guess = (probability[row] as number) >= 0.5 ? 1 : 0;
    right += guess === label ? 1 : 0;
    truePositive += guess * label;
    positives += label;
    predicted += guess;
  }
  return { accuracy: right / labels.length, f1: (2 * truePositive) / (positives + predicted) };
}
