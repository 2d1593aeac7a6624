import { decodeBundle } from "../src/decode-bundle.ts";
import { encodeBundle } from "../src/encode-bundle.ts";
import { predictRows } from "../src/predict-rows.ts";
import { FOREST_BUNDLE, LOGISTIC_BUNDLE } from "./sample-bundle.ts";

test("says label, probability and verdict, row by row", () => {
  expect(
    predictRows(FOREST_BUNDLE, [
      { length: "10", country: "NL", certificate: "-1" },
      { length: 54, country: "NL", certificate: 1 },
      { length: "16", country: "DE", certificate: "0" },
    ]),
  ).toStrictEqual([
    { label: -1, probability: 0.95, verdict: "phishing", problems: [] },
    { label: 1, probability: 0.05, verdict: "legitimate", problems: [] },
    { label: -1, probability: 0.625, verdict: "phishing", problems: [] },
  ]);
});

test("the threshold itself is positive", () => {
  const rows = [{ length: 54, country: "NL", certificate: 1 }];
  expect(predictRows({ ...FOREST_BUNDLE, threshold: 0.05 }, rows)[0]?.label).toBe(-1);
  expect(predictRows({ ...FOREST_BUNDLE, threshold: 0.0500001 }, rows)[0]?.label).toBe(1);
});

test("a bad row never spoils the others", () => {
  const good = { length: 10, country: "NL", certificate: -1 };
  const [first, bad, missing, last] = predictRows(FOREST_BUNDLE, [
    good,
    { ...good, certificate: 7 },
    { length: 10, country: "" },
    good,
  ]);
  expect(bad).toMatchObject({ label: null, probability: null, verdict: null });
  expect(bad?.problems).toHaveLength(1);
  // The imputer takes certificate from the donor at distance 0.
  expect(missing).toMatchObject({ label: -1, probability: 0.95, verdict: "phishing" });
  expect(missing?.problems.map(({ column }) => column)).toEqual(["country", "certificate"]);
  expect(first).toEqual(last);
});

test("a bundle from a file predicts the same bits", () => {
  const rows = [{ length: 10.5 }, { country: "US", length: 99 }, { certificate: -1 }];
  for (const bundle of [FOREST_BUNDLE, LOGISTIC_BUNDLE]) {
    expect(predictRows(decodeBundle(encodeBundle(bundle)), rows)).toStrictEqual(
      predictRows(bundle, rows),
    );
  }
});

test("no rows, no predictions", () => {
  expect(predictRows(FOREST_BUNDLE, [])).toEqual([]);
});
