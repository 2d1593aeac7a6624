import { benchmarksPage } from "../../src/results/benchmarks-page.ts";
import type { SideResult } from "../../src/results/bench-result.ts";
import { foldScores, resultOf, timing } from "./results.ts";

const sides: readonly SideResult[] = [
  {
    side: "gillnet",
    library: "Gillnet",
    model: "hist",
    timing: timing(2),
    peakMegabytes: 50,
    accuracy: 0.97,
  },
  {
    side: "peer",
    library: "xgboost",
    model: "hist",
    timing: timing(1),
    peakMegabytes: 100,
    accuracy: 0.96,
  },
  { side: "peer", library: "ml-xgboost", model: "ml-xgboost", failure: "Not finished" },
];

test("has every goal, measured or not, and remarks on missed ones", () => {
  const page = benchmarksPage([resultOf("train-hist", sides)], { "fit-hist": "It has just begun" });
  expect(page).toContain(
    "| histogram boosting, 256 x depth 6 | 2 s | 1 s (xgboost 3.2.0) | 0.5 x | 1 x | 0.7 x | missed: It has just begun |",
  );
  expect(page).toMatch(
    /\| decision tree \|  \| scikit-learn \|  \| 1 x \| 0.5 x \| not measured \|/,
  );
});

test("lists every side of a comparison, failures as what they are", () => {
  const page = benchmarksPage([resultOf("train-hist", sides)], {});
  expect(page).toContain(
    "| title of train-hist | Gillnet 0.1.0 | 4 s | 2 s | 50 MiB | 0.9700 |  |",
  );
  expect(page).toContain("|  | xgboost 3.2.0 | 2 s | 1 s | 100 MiB | 0.9600 | 0.5 x |");
  expect(page).toContain("|  | ml-xgboost |  |  |  |  | Not finished |");
  expect(page).toContain("a processor, 2 cores, 8 GB, 0.5 busy with other work");
  expect(page).toContain("no remark yet");
});

test("marks the first on each metric, and says what an average is of", () => {
  const quality = resultOf(
    "quality-grouped",
    [
      { side: "gillnet", library: "Gillnet", model: "average", foldScores: foldScores(0.9) },
      { side: "peer", library: "xgboost", model: "xgboost", foldScores: foldScores(0.8) },
    ],
    { bench: "quality", settings: { averaged: "Gillnet (a, b)" } },
  );
  const page = benchmarksPage([quality], {});
  const bold = "**0.9000 ± 0.0010**";
  const plain = "0.9000 ± 0.0010";
  expect(page).toContain(
    `| Gillnet 0.1.0 | average | ${bold} | ${bold} | ${plain} | ${bold} | ${bold} |`,
  );
  expect(page).toContain("**0.8000 ± 0.0010**");
  // The best of the single models, where an average is better.
  expect(page).toContain("| xgboost 3.2.0 | xgboost | _0.8000 ± 0.0010_ |");
  expect(page).toContain("Averages are of: Gillnet (a, b).");
});

test("depends on its arguments alone, and needs no results", () => {
  const results = [resultOf("train-hist", sides)];
  expect(benchmarksPage(results, {})).toBe(benchmarksPage(results, {}));
  expect(benchmarksPage([], {})).toContain("## How to repeat it");
});
