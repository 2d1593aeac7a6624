import {
  dataSentence,
  exchangedSentence,
  gatesText,
  headlineFigure,
  protocolSentence,
  scalarText,
  scoreLines,
  splitSentence,
  timeText,
} from "../src/model-words.ts";
import { classes, manifest } from "./model-of-test.ts";

test("the figure comes with its interval, the protocol as a sentence", () => {
  expect(headlineFigure(manifest)).toBe("95.4 % accuracy (94.0 to 96.6)");
  const sentence = "Measured on 2,211 rows whose vectors were never seen in training.";
  expect(protocolSentence(manifest)).toBe(sentence);
  const metrics = { ...manifest.metrics, protocol: `${sentence} ` };
  expect(protocolSentence({ ...manifest, metrics })).toBe(sentence);
});

test("scoreLines explains each figure in the model's own words", () => {
  const lines = scoreLines(manifest, classes);
  expect(lines.map(({ name }) => name)).toEqual([
    "accuracy",
    "precision",
    "recall",
    "F1",
    "false alarms",
    "ROC AUC",
    "log loss",
  ]);
  expect(lines[2]).toEqual({
    name: "recall",
    meaning: "of the churn rows, those that were found",
    value: "95.4 %",
    interval: "94.0 to 96.6",
  });
  expect(lines[6]).toMatchObject({ value: "0.121", interval: "0.102 to 0.140" });
  expect(exchangedSentence(manifest, classes)).toBe(
    "Counted with loyal as the class to find: precision 94.8 %, recall 97.0 %, F1 95.9 %.",
  );
});

test("splitSentence says how rows were kept apart, and when they were not", () => {
  expect(splitSentence(manifest)).toBe(
    "Grouped by feature vector, so that equal rows stay together: 8,844 rows for training, 2,211 for the test; no test row has an equal one in training.",
  );
  const split = { by: "random", trainRows: 4, testRows: 1, leakedTestRows: 1 } as const;
  expect(splitSentence({ ...manifest, split })).toBe(
    "At random, row by row: 4 rows for training, 1 for the test; 1 test row has an equal one in training, which flatters the figures.",
  );
});

test("dataSentence counts copies and conflicts", () => {
  expect(dataSentence(manifest)).toBe(
    "11,055 rows from customers.csv: 5,785 different feature vectors; 5,206 exact copies; 357 rows share their features with a row of the other class.",
  );
  const data = { ...manifest.data, duplicateRows: 1, conflictingRows: 0 };
  expect(dataSentence({ ...manifest, data })).toContain(
    "1 exact copy; none shares its features with a row of the other class.",
  );
});

test("gates and values", () => {
  expect(gatesText(manifest.gates)).toBe("1 of 2 passed");
  expect([null, true, false, "log_loss", 256, 11055, 0.94720496, 1e-9].map(scalarText)).toEqual([
    "none",
    "yes",
    "no",
    "log loss",
    "256",
    "11,055",
    "0.9472",
    "1e-9",
  ]);
});

test("timeText is in UTC, wherever the reader is", () => {
  expect(timeText(manifest.publishedAt)).toBe("22 November 2026, 18:21 UTC");
});
