import * as fc from "fast-check";
import { normalizeCategory, parseNumber, SeededRandom } from "@gillnet/entity";
import type { Column, Table } from "@gillnet/entity";
import type { InputFeature } from "../src/bundle.ts";
import { encodeRows } from "../src/encode-rows.ts";
import { encodeTable } from "../src/encode-table.ts";
import { predictProbabilities } from "../src/predict-probabilities.ts";
import { predictRows } from "../src/predict-rows.ts";
import { preprocess } from "../src/preprocess.ts";
import { codeOf } from "./code-of.ts";
import { randomBundle, randomCell } from "./random-bundle.ts";

test("columns are taken by name, categories by the feature's codes", () => {
  const table: Table = {
    rowCount: 3,
    columns: [
      { kind: "numeric", name: "unused", values: Float64Array.of(9, 9, 9) },
      {
        kind: "categorical",
        name: "c",
        codes: Int32Array.of(2, -1, 1),
        categories: ["a", "b", "d"],
      },
      { kind: "numeric", name: "n", values: Float64Array.of(-0, NaN, 2.5) },
    ],
  };
  const features: InputFeature[] = [
    { kind: "numeric", name: "n" },
    { kind: "categorical", name: "c", categories: ["a", "c", "d"] },
  ];
  expect(encodeTable(features, table)).toStrictEqual({
    data: Float64Array.of(0, 2, NaN, NaN, 2.5, NaN),
    rows: 3,
    cols: 2,
  });
});

test("a column that is not there, or of the other kind, is an error that names it", () => {
  const table: Table = {
    rowCount: 1,
    columns: [{ kind: "numeric", name: "n", values: Float64Array.of(1) }],
  };
  const encode = (feature: InputFeature) => () => encodeTable([feature], table);
  expect(codeOf(encode({ kind: "numeric", name: "m" }))).toBe("BUNDLE_TABLE_COLUMN");
  expect(encode({ kind: "categorical", name: "n", categories: [] })).toThrow(
    "The table must have a categorical column 'n', got a numeric one",
  );
});

/** The table that readers make of the same cells: the grammar of training, nothing of serving. */
function tableOf(
  features: readonly InputFeature[],
  markers: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
): Table {
  const missing = new Set(["", ...markers.map((marker) => marker.trim())]);
  const columns = features.map(({ kind, name }): Column => {
    const cells = rows.map((row) => {
      const text = row[name]?.trim() ?? "";
      return missing.has(text) ? undefined : text;
    });
    if (kind === "numeric") {
      const values = cells.map((text) => (text === undefined ? NaN : (parseNumber(text) ?? NaN)));
      return { kind, name, values: Float64Array.from(values) };
    }
    const texts = cells.map((text) => (text === undefined ? undefined : normalizeCategory(text)));
    const categories = [...new Set(texts.filter((text) => text !== undefined))].sort();
    const codes = texts.map((text) => (text === undefined ? -1 : categories.indexOf(text)));
    return { kind, name, codes: Int32Array.from(codes), categories };
  });
  return { columns, rowCount: rows.length };
}

/** The value that JSON would hold for a cell of text, where it can be another one. */
function asJson(text: string, markers: readonly string[]): unknown {
  const number = parseNumber(text);
  if (markers.includes(text.trim()) || text.trim() === "") return null;
  return number !== undefined && !/^[+-]?0\d/.test(text.trim()) ? number : text;
}

test("training and serving encode the same cells into the same bits, and predict the same", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = new SeededRandom(seed);
      const { features, ...rest } = randomBundle(random);
      // What is allowed is serving's question; training's is validation's.
      const open = features.map((feature): InputFeature => {
        const { kind, name } = feature;
        return kind === "numeric" ? { kind, name } : { kind, name, categories: feature.categories };
      });
      const bundle = { ...rest, features: open };
      const rows = Array.from({ length: 1 + random.integer(12) }, () =>
        Object.fromEntries(features.map((each) => [each.name, textCell(random, each)])),
      );
      const trained = encodeTable(open, tableOf(open, bundle.missingMarkers, rows));
      const jsonRows = rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, text]) => [name, asJson(text, bundle.missingMarkers)]),
        ),
      );
      expectSameBits(encodeRows(bundle, rows).matrix.data, trained.data);
      expectSameBits(encodeRows(bundle, jsonRows).matrix.data, trained.data);

      const probabilities = predictProbabilities(
        bundle.model,
        preprocess(bundle.preprocessor, trained),
      );
      const served = predictRows(bundle, rows);
      served.forEach(({ probability, problems }, row) => {
        if (problems.some(({ fatal }) => fatal)) return;
        expect(probability).toBe(probabilities[row]);
        expect(predictRows(bundle, [rows[row] ?? {}])).toEqual([served[row]]);
      });
    }),
    { numRuns: 300 },
  );
});

/** Text as a CSV file may hold it: numbers in many spellings, categories, missing cells, nonsense. */
function textCell(random: SeededRandom, feature: InputFeature): string {
  const cell = randomCell(random, feature);
  if (typeof cell === "string") return cell;
  if (typeof cell !== "number" || Number.isNaN(cell)) return "";
  return [String(cell), ` ${cell}`, cell.toExponential(), `${cell}`.replace(/^(\d+)$/, "+$1.0")][
    random.integer(4)
  ] as string;
}

/** Every NaN counts as one. */
function expectSameBits(actual: Float64Array, expected: Float64Array): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) {
    if (!Object.is(actual[i], expected[i])) expect([i, actual[i]]).toEqual([i, expected[i]]);
  }
}
