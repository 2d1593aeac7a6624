import type { FoldScore } from "../scoring/score-folds.ts";

/** Seconds with three digits: "0.0123 s", "4.56 s", "136 s". Nothing for undefined, as all of these. */
export function formatSeconds(seconds: number | undefined): string {
  return seconds === undefined ? "" : `${threeDigits(seconds)} s`;
}

export function formatMegabytes(megabytes: number | undefined): string {
  return megabytes === undefined ? "" : `${Math.round(megabytes).toLocaleString("en-US")} MiB`;
}

/** A ratio with three digits: "27.3 x". */
export function formatRatio(ratio: number | undefined): string {
  return ratio === undefined ? "" : `${threeDigits(ratio)} x`;
}

/** A score with its standard error: "0.9712 ± 0.0015". */
export function formatScore(score: FoldScore | undefined): string {
  return score === undefined ? "" : `${score.value.toFixed(4)} ± ${score.standardError.toFixed(4)}`;
}

function threeDigits(value: number): string {
  return value >= 1000 || !Number.isFinite(value)
    ? value.toFixed(0)
    : String(Number(value.toPrecision(3)));
}
