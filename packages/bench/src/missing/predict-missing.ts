import { predictProbabilities, preprocess } from "@gillnet/model-bundle";
import type { Model, Preprocessor } from "@gillnet/model-bundle";
import { fitClassifier } from "@gillnet/trainer";
import { takeTableRows } from "../data/real-table.ts";
import type { LabelledTable } from "../data/real-table.ts";
import { completeParams } from "../sides/complete-params.ts";
import type { ModelParams } from "../sides/jobs.ts";
import { matrixOf } from "../sides/labelled-matrix.ts";
import { knnImputer } from "./knn-imputer.ts";

/** The ways to answer rows with gaps, in the order of the table that people see. */
export const WAYS = ["filled", "plain", "masked", "without"] as const;
export type Way = (typeof WAYS)[number];

export const WAY_TITLES: Readonly<Record<Way, string>> = {
  filled: "KNN fills the gaps",
  plain: "gaps left to the model",
  masked: "masked training",
  without: "trained without these columns",
};

/** What is compared. */
export interface MissingPlan {
  readonly family: string;
  /** Of the model that is trained on rows as they are. */
  readonly params: ModelParams;
  /** What masked training has besides. */
  readonly masking: ModelParams;
  /** Columns that masked copies hide together. */
  readonly maskGroups: readonly (readonly number[])[];
  /** For each scenario the columns that rows to be answered lack. */
  readonly scenarios: readonly (readonly number[])[];
  readonly seed: number;
  readonly threads: number;
}

/** Probabilities of all rows, each from a model that has not seen its fold, a scenario and way. */
export type MissingAnswers = readonly Readonly<Record<Way, Float64Array>>[];

/** Fits without each fold in turn, and asks for the fold's rows with a scenario's columns gone, in every way. */
export async function predictMissing(
  table: LabelledTable,
  folds: Uint8Array,
  plan: MissingPlan,
  signal: AbortSignal,
  onProgress: (share: number) => void = () => {},
): Promise<MissingAnswers> {
  const empty = (): Float64Array => new Float64Array(folds.length);
  const answers = plan.scenarios.map(() => ({
    filled: empty(),
    plain: empty(),
    masked: empty(),
    without: empty(),
  }));
  const rows = Int32Array.from(folds.keys());
  const count = Math.max(...folds) + 1;
  for (let fold = 0; fold < count; fold++) {
    const held = rows.filter((row) => folds[row] === fold);
    const heldOut = takeTableRows(table, held);
    const training = takeTableRows(
      table,
      rows.filter((row) => folds[row] !== fold),
    );
    const plain = await fit(training, plan, {}, signal);
    const masked = await fit(training, plan, plan.masking, signal);
    const imputer = knnImputer(training, plan.seed);
    for (const [at, columns] of plan.scenarios.entries()) {
      const gaps = withCells(heldOut, columns, NaN);
      // A column that is the same everywhere is as good as none.
      const constant = withCells(training, columns, 0);
      const without = columns.length === 0 ? plain : await fit(constant, plan, {}, signal);
      const found: Readonly<Record<Way, Float64Array>> = {
        filled: answer(plain, gaps, { imputer }),
        plain: answer(plain, gaps),
        masked: answer(masked, gaps),
        without: answer(without, withCells(heldOut, columns, 0)),
      };
      for (const way of WAYS) {
        const to = answers[at]?.[way] as Float64Array;
        held.forEach((row, i) => (to[row] = found[way][i] as number));
      }
    }
    onProgress((fold + 1) / count);
  }
  return answers;
}

async function fit(
  table: LabelledTable,
  { family, params, maskGroups, seed, threads: jobs }: MissingPlan,
  masking: ModelParams,
  signal: AbortSignal,
): Promise<Model> {
  const matrix = matrixOf(table);
  const names = matrix.features.map(({ name }) => name);
  const { model } = await fitClassifier(matrix, {
    family,
    params: completeParams(family, { ...params, ...masking }),
    maskGroups: maskGroups.map((columns) => columns.map((column) => names[column] as string)),
    seed,
    jobs,
    signal,
  });
  return model;
}

function answer(
  model: Model,
  table: LabelledTable,
  preprocessor: Preprocessor = { imputer: { kind: "none" } },
): Float64Array {
  return predictProbabilities(model, preprocess(preprocessor, matrixOf(table).x));
}

function withCells(table: LabelledTable, columns: readonly number[], cell: number): LabelledTable {
  const changed = new Set(columns);
  return { ...table, x: table.x.map((old, at) => (changed.has(at % table.cols) ? cell : old)) };
}
