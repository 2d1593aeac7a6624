import { countOf } from "@gillnet/entity";
import type { ClassificationScores, LeaderboardEntry, TrainerArtifact } from "@gillnet/entity";
import { ensembleParts } from "./ensemble-parts.ts";
import { formatPercent, wrapText } from "./format.ts";
import { formatName } from "./stage-summary.ts";
import { formatTable } from "./text-table.ts";

/** Columns that the leaderboard's lines may take. */
export const LEADERBOARD_WIDTH = 80;
const INDENT = "  ";

interface ScoreColumn {
  readonly metric: string;
  readonly title: string;
  readonly score: keyof ClassificationScores;
  readonly format: (value: number) => string;
}

const decimals = (value: number): string => value.toFixed(4);
const COLUMNS: readonly ScoreColumn[] = [
  { metric: "log_loss", title: "Log loss", score: "logLoss", format: decimals },
  { metric: "accuracy", title: "Accuracy", score: "accuracy", format: formatPercent },
  { metric: "roc_auc", title: "ROC AUC", score: "rocAuc", format: decimals },
  { metric: "f1", title: "F1", score: "f1", format: decimals },
];

/**
 * The best candidate of each family by its cross-validated scores, the score that it was chosen by first, as a table
 * for the terminal of at most 80 columns; then what the best one of all is made of.
 */
export function formatLeaderboard({ leaderboard, selection }: TrainerArtifact): string[] {
  const { metric, folds } = selection;
  const chosenBy = COLUMNS.find((column) => column.metric === metric) as ScoreColumn;
  const families = [...new Set(leaderboard.map(({ family }) => family))];
  const sampled = leaderboard.some(({ trainingShare }) => trainingShare !== undefined);
  const others = COLUMNS.filter((column) => column !== chosenBy).slice(0, sampled ? 1 : 2);
  const header = [
    "Rank",
    "Family",
    chosenBy.title,
    "Std error",
    ...others.map(({ title }) => title),
    ...(sampled ? ["Rows"] : []),
    "Tried",
  ];
  const lineOf = (family: string): string[] => {
    const ofFamily = leaderboard.filter((entry) => entry.family === family);
    const best = ofFamily[0] as LeaderboardEntry;
    return [
      String(leaderboard.indexOf(best) + 1).padStart(4),
      formatName(family),
      chosenBy.format(best.scores[chosenBy.score]),
      chosenBy.format(best.standardError),
      ...others.map(({ score, format }) => format(best.scores[score])),
      ...(sampled ? [formatShare(best.trainingShare)] : []),
      String(ofFamily.length).padStart(5),
    ];
  };
  const intro = `The best of each family out of ${countOf(leaderboard.length, "candidate")}, chosen by ${formatName(metric)} over ${folds} folds of the training part:`;
  return [
    ...indented(intro),
    ...formatTable([header, ...families.map(lineOf)]).map((line) => INDENT + line),
    ...indented(describeBest(leaderboard)),
  ];
}

/** What the best candidate is made of, or those of its settings in which its family's candidates differ. */
function describeBest(leaderboard: readonly LeaderboardEntry[]): string {
  const all = "All candidates with their settings are in evidence.json.";
  const [best] = leaderboard;
  if (best === undefined) return all;
  const parts = ensembleParts(best.params);
  if (parts.length > 0) {
    const list = parts
      .toSorted((a, b) => b.part - a.part)
      .map(({ family, part }) =>
        best.family === "average"
          ? `${formatPercent(part)} ${formatName(family)}`
          : `${formatName(family)} ${part}`,
      );
    const verb = best.family === "average" ? "The average takes" : "The stack's coefficients are";
    return `${verb} ${list.join(", ")}. ${all}`;
  }
  const siblings = leaderboard.filter(({ family }) => family === best.family);
  const settings = Object.entries(best.params)
    .filter(([name, value]) => siblings.some((other) => other.params[name] !== value))
    .map(([name, value]) => `${name} ${value}`);
  return settings.length === 0 ? all : `The best has ${settings.join(", ")}. ${all}`;
}

/** Of the rows that a candidate was scored on: "all", "1/9". */
function formatShare(share: number | undefined): string {
  return share === undefined ? "all" : `1/${Math.round(1 / share)}`;
}

function indented(text: string): string[] {
  return wrapText(text, LEADERBOARD_WIDTH - INDENT.length).map((line) => INDENT + line);
}
