import type { LeaderboardEntry, TrainerArtifact } from "@gillnet/entity";
import { formatPercent } from "./format.ts";
import { formatName } from "./stage-summary.ts";
import { formatTable } from "./text-table.ts";

const MOST = 15;

/**
 * The candidates by their cross-validated scores, best first, as a table for the terminal. A candidate is
 * named by its family and those of its settings in which the family's candidates differ.
 */
export function formatLeaderboard({ leaderboard, selection }: TrainerArtifact): string[] {
  const shown = leaderboard.slice(0, MOST);
  const rows = shown.map((entry, i) => [
    String(i + 1),
    formatName(entry.family),
    describeSettings(entry, leaderboard),
    entry.scores.logLoss.toFixed(3),
    formatPercent(entry.scores.accuracy),
    entry.scores.rocAuc.toFixed(4),
    entry.scores.f1.toFixed(4),
  ]);
  const header = ["", "Family", "Settings", "Log loss", "Accuracy", "ROC AUC", "F1"];
  const hidden = leaderboard.length - shown.length;
  return [
    `  Chosen by ${formatName(selection.metric)} over ${selection.folds} folds of the training part:`,
    ...formatTable([header, ...rows]).map((line) => `  ${line}`),
    ...(hidden > 0 ? [`  and ${hidden} more in evidence.json`] : []),
  ];
}

function describeSettings(
  { family, params }: LeaderboardEntry,
  leaderboard: readonly LeaderboardEntry[],
): string {
  const siblings = leaderboard.filter((other) => other.family === family);
  return Object.entries(params)
    .filter(([name, value]) => siblings.some((other) => other.params[name] !== value))
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}
