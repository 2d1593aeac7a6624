import type { Gate, Manifest, ModelClasses, Scalar, ScoreName } from "./api-types.ts";
import { count, counted, percent } from "./number-text.ts";

/** "95.4 % accuracy (94.0 to 96.6)". */
export function headlineFigure({ metrics }: Manifest): string {
  const { value, low, high } = metrics.test.accuracy;
  return `${percent(value)} % accuracy (${percent(low)} to ${percent(high)})`;
}

/** On which rows the figures were measured, as a sentence with its full stop. */
export function protocolSentence({ metrics }: Manifest): string {
  return `${metrics.protocol.trim().replace(/\.$/, "")}.`;
}

export interface ScoreLine {
  readonly name: string;
  readonly meaning: string;
  readonly value: string;
  readonly interval: string;
}

/** The test part's figures, each with its interval and what it means. */
export function scoreLines(manifest: Manifest, { positive, negative }: ModelClasses): ScoreLine[] {
  const words: readonly (readonly [ScoreName, string, string])[] = [
    ["accuracy", "accuracy", "rows that were given the right class"],
    ["precision", "precision", `of the rows called ${positive.name}, those that are`],
    ["recall", "recall", `of the ${positive.name} rows, those that were found`],
    ["f1", "F1", "precision and recall in one figure, their harmonic mean"],
    [
      "falsePositiveRate",
      "false alarms",
      `of the ${negative.name} rows, those called ${positive.name}`,
    ],
    [
      "rocAuc",
      "ROC AUC",
      `the chance that a ${positive.name} row gets a higher probability than a ${negative.name} one`,
    ],
    ["logLoss", "log loss", "how far the probabilities are from the truth; lower is better"],
  ];
  return words.map(([score, name, meaning]) => {
    const { value, low, high } = manifest.metrics.test[score];
    const text = score === "rocAuc" || score === "logLoss" ? threeDigits : percent;
    const unit = text === percent ? " %" : "";
    return {
      name,
      meaning,
      value: `${text(value)}${unit}`,
      interval: `${text(low)} to ${text(high)}`,
    };
  });
}

function threeDigits(value: number): string {
  return value.toFixed(3);
}

/** The same predictions with the negative class as the one to find. */
export function exchangedSentence(manifest: Manifest, { negative }: ModelClasses): string {
  const { precision, recall, f1 } = manifest.metrics.negativeAsPositive;
  return (
    `Counted with ${negative.name} as the class to find: ` +
    `precision ${percent(precision)} %, recall ${percent(recall)} %, F1 ${percent(f1)} %.`
  );
}

const SPLIT_WORDS: Readonly<Record<Manifest["split"]["by"], string>> = {
  vector: "Grouped by feature vector, so that equal rows stay together",
  group: "Grouped by the group column",
  random: "At random, row by row",
};

/** How training and test rows were kept apart. */
export function splitSentence({ split }: Manifest): string {
  const { leakedTestRows } = split;
  const rows = `${counted(split.trainRows, "row")} for training, ${count(split.testRows)} for the test`;
  const leaked =
    leakedTestRows === 0
      ? "no test row has an equal one in training"
      : `${counted(leakedTestRows, "test row")} ${leakedTestRows === 1 ? "has" : "have"} an equal one in training, which flatters the figures`;
  return `${SPLIT_WORDS[split.by]}: ${rows}; ${leaked}.`;
}

/** What the table holds. */
export function dataSentence({ data, source }: Manifest): string {
  const copies = `${count(data.duplicateRows)} exact ${data.duplicateRows === 1 ? "copy" : "copies"}`;
  const conflicting =
    data.conflictingRows === 0
      ? "none shares its features with a row of the other class"
      : `${counted(data.conflictingRows, "row")} ${data.conflictingRows === 1 ? "shares its" : "share their"} features with a row of the other class`;
  return (
    `${counted(data.rows, "row")} from ${source.name}: ` +
    `${count(data.distinctVectors)} different feature vectors; ${copies}; ${conflicting}.`
  );
}

/** "expected score". */
export function spaced(name: string): string {
  return name.replaceAll("_", " ");
}

/** A gate's value or bound, a parameter's value. */
export function scalarText(value: Scalar): string {
  if (value === null) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return spaced(value);
  return Number.isInteger(value) ? count(value) : String(Number(value.toPrecision(4)));
}

/** "3 of 3 passed". */
export function gatesText(gates: readonly Gate[]): string {
  return `${gates.filter((gate) => gate.passed).length} of ${gates.length} passed`;
}

/** "22 November 2026, 18:21 UTC". */
export function timeText(time: string): string {
  const value = new Date(time);
  const date = value.toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
  const clock = value.toLocaleTimeString("en-GB", { timeStyle: "short", timeZone: "UTC" });
  return `${date}, ${clock} UTC`;
}
