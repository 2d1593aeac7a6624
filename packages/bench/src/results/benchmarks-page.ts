import { countOf } from "@gillnet/entity";
import type { BenchResult, SideResult } from "./bench-result.ts";
import { ratioOf } from "./bench-result.ts";
import { firstPlaces, isSingle } from "./first-places.ts";
import { formatMegabytes, formatRatio, formatScore, formatSeconds } from "./format.ts";
import { GOALS } from "./goals.ts";
import type { Goal } from "./goals.ts";
import { judgeGoal } from "./judge-goal.ts";
import type { JudgedGoal } from "./judge-goal.ts";
import type { Remarks } from "./result-files.ts";
import { METRIC_NAMES, METRICS } from "../scoring/score-folds.ts";

const INTRODUCTION = `# Benchmarks

Gillnet and its peers on the same rows, one after the other on the same machine. This page is written by
\`pnpm bench\` from the files in packages/bench/results; a test keeps it true. A ratio is the peer's figure by
Gillnet's: above 1, Gillnet is better.`;

const HOW = `## How to repeat it

\`\`\`sh
pnpm pipeline data fetch      # the real table, once; or set GILLNET_UCI_TABLE to its CSV file
pnpm bench train              # the original's whole training job, and single fits
pnpm bench scale              # a million rows; --rows 10000000 for ten
pnpm bench quality            # ten folds, dealt at random and by equal rows
\`\`\`

The first run installs the peers into packages/bench/.venv (Python 3.11 or newer); GILLNET_BENCH_PYTHON names another
Python that has packages/bench/peers/requirements.txt. \`--only NAME\` runs one comparison, \`--repeat N\` every
comparison N times over, \`--peers none\` Gillnet alone. Only runs with all peers write results.

## What is counted, and what is not

- Every side runs in a process of its own, never two at once; with \`--repeat\` they take turns. All may use two threads.
- Seconds are those of the fit, from the matrix in memory to the model: binning, finding distinct rows, starting and
  ending threads are in them; starting the process, importing, reading the file and predicting are not. A process fits
  several times where a fit is short: the first fit and the median of the others both stand here.
- The whole job has more in it, on both sides: fitting the imputer, the search, a fit of each family's winner on all
  training rows, its predictions for the test rows. Gillnet's also has what its stages read and write in between, the
  profile and the intervals of the report, which scikit-learn's job does not make.
- Memory is the most that the process has held, with the matrix, the interpreter and its libraries.
- Quality is scored by one implementation for both sides, from the out-of-fold probabilities. Accuracy, ROC AUC and log
  loss are means over ten folds; recalls are read off the ROC curve of all folds together. After ± stands the standard
  error (jackknife over folds). In grouped folds equal rows stay in one fold. An average is the plain mean of the
  probabilities of its side's tree ensembles, named where it is scored. The weighted average is what the pipeline
  publishes when it has Gillnet's to choose from and to average: choice and weights come from folds within the rows
  that it is trained on. A ratio of quality is that of what is wrong: errors, area above the curve, loss, positives
  missed.
- The peers' environment loses OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE: where they are set they slow NumPy.`;

/** docs/benchmarks.md, from the results and the remarks alone. */
export function benchmarksPage(results: readonly BenchResult[], remarks: Remarks): string {
  const judged = GOALS.map((goal) => judgeGoal(goal, results));
  const parts = [
    INTRODUCTION,
    goalsPart(judged, remarks),
    ...["train", "scale"].map((bench) =>
      fitsPart(
        bench === "train" ? "## Training on the real table" : "## Training at scale",
        results.filter((result) => result.bench === bench && result.name !== "train-grid"),
      ),
    ),
    ...results.filter(({ name }) => name === "train-grid").map(gridPart),
    ...results.filter(({ bench }) => bench === "quality").map(qualityPart),
    HOW,
    provenancePart(results),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function goalsPart(judged: readonly JudgedGoal[], remarks: Remarks): string {
  const rows = judged.map(({ goal, result, gillnet, peer, ratio, verdict }) => [
    goal.title,
    gillnet === undefined ? "" : nameOf(goal, gillnet),
    peer === undefined || result === undefined
      ? goal.peer
      : `${nameOf(goal, peer)} (${withVersion(peer.side, result)})`,
    formatRatio(ratio),
    formatRatio(goal.goal),
    formatRatio(goal.floor),
    verdict.startsWith("missed") ? `${verdict}: ${remarks[goal.id] ?? "no remark yet"}` : verdict,
  ]);
  return table(["what", "Gillnet", "peer", "ratio", "goal", "floor", "verdict"], rows);
}

function nameOf(
  { figure }: Goal,
  { side, value }: { readonly side: SideResult; readonly value: number },
): string {
  if (figure === "seconds") return formatSeconds(value);
  if (figure === "megabytes") return formatMegabytes(value);
  return `${value.toFixed(4)} ${side.model}`;
}

function withVersion({ library }: SideResult, { versions }: BenchResult): string {
  const version = versions[library];
  return version === undefined ? library : `${library} ${version}`;
}

function fitsPart(heading: string, results: readonly BenchResult[]): string {
  if (results.length === 0) return "";
  const rows = results.flatMap((result) => {
    const gillnet = result.sides.find(({ side }) => side === "gillnet");
    return result.sides.map((side, index) => [
      index === 0 ? result.title : "",
      withVersion(side, result),
      ...(side.failure === undefined
        ? [
            formatSeconds(side.timing?.first),
            formatSeconds(side.timing?.median),
            formatMegabytes(side.peakMegabytes),
            side.accuracy?.toFixed(4) ?? "",
            side.side === "gillnet"
              ? ""
              : formatRatio(ratioOf(gillnet?.timing?.median, side.timing?.median)),
          ]
        : ["", "", "", "", side.failure]),
    ]);
  });
  const head = ["what", "by", "first fit", "median", "peak memory", "test accuracy", "ratio"];
  return `${heading}\n\n${table(head, rows)}`;
}

function gridPart(result: BenchResult): string {
  const rows = result.sides.flatMap((side) =>
    (side.winners ?? []).map((winner) => [
      withVersion(side, result),
      winner.family,
      winner.crossValidationAccuracy.toFixed(4),
      winner.testAccuracy.toFixed(4),
      winner.testF1.toFixed(4),
      Object.entries(winner.params)
        .map(([name, value]) => `${name} ${value}`)
        .join(", "),
    ]),
  );
  const times = result.sides.map(
    (side) => `${withVersion(side, result)} ${formatSeconds(side.timing?.median)}`,
  );
  const head = ["by", "family", "accuracy, 3 folds", "test accuracy", "test F1", "winner"];
  return `## The original's whole training job\n\n${times.join(", ")}.\n\n${table(head, rows)}`;
}

function qualityPart(result: BenchResult): string {
  const first = firstPlaces(result.sides);
  const single = firstPlaces(result.sides.filter(isSingle));
  const rows = result.sides.map((side) => [
    withVersion(side, result),
    side.model,
    ...(side.failure === undefined
      ? METRIC_NAMES.map((metric) => {
          const text = formatScore(side.foldScores?.[metric]);
          if (first.get(metric) === side) return `**${text}**`;
          return single.get(metric) === side ? `_${text}_` : text;
        })
      : [side.failure, "", "", "", ""]),
  ]);
  const head = ["by", "model", ...METRIC_NAMES.map((metric) => METRICS[metric].title)];
  const averaged = String(result.settings["averaged"] ?? "");
  const note = averaged === "" ? "" : `\n\nAverages are of: ${averaged}.`;
  return `## Quality: ${result.title}\n\nBold: the first in its column; where that is an average, italics: the best single model.\n\n${table(head, rows)}${note}`;
}

function provenancePart(results: readonly BenchResult[]): string {
  const rows = results.map(({ name, command, date, machine, versions }) => [
    name,
    `\`${command}\``,
    date,
    `${machine.cpu}, ${countOf(machine.cores, "core")}, ${machine.memoryGigabytes} GB, ${machine.busyCores} busy with other work`,
    ["Gillnet", "node", "python"]
      .flatMap((each) => (versions[each] === undefined ? [] : [`${each} ${versions[each]}`]))
      .join(", "),
  ]);
  if (rows.length === 0) return "";
  return `## Where the figures come from\n\n${table(["result", "command", "date", "machine", "versions"], rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
