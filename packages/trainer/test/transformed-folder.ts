import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import type { ArtifactHandle, StageContext, TransformationArtifact } from "@gillnet/entity";
import { encodeInputs } from "@gillnet/model-bundle";
import type { FeatureProfile, FittedInputs, InputFeature } from "@gillnet/model-bundle";
import { writeNpy } from "@gillnet/table";

/** A row as the trainer reads it. */
export interface TransformedRow {
  readonly cells: readonly number[];
  readonly label: number;
  readonly group: number;
  readonly weight: number;
}

function fittedInputs(features: readonly InputFeature[]): FittedInputs {
  return {
    features,
    missingMarkers: [],
    classes: {
      negative: { name: "no", label: "no" },
      positive: { name: "yes", label: "yes" },
    },
    preprocessor: { imputer: { kind: "none" } },
    profile: features.map((feature): FeatureProfile => {
      const { name } = feature;
      if (feature.kind === "categorical") {
        const values = [{ value: feature.categories[0] as string, count: 1 }];
        return { kind: "categorical", name, count: 1, missing: 0, values };
      }
      const values = [{ value: 0, count: 1 }];
      const [minimum, maximum, mean] = [0, 0, 0];
      return {
        kind: "numeric",
        name,
        count: 1,
        missing: 0,
        minimum,
        maximum,
        mean,
        values,
        quantiles: null,
      };
    }),
  };
}

/** Runs `body` with an empty folder that is gone afterwards. */
export async function inFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "trainer-"));
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Writes what transformation would: the two parts and the fitted inputs. */
export async function writeTransformed(
  folder: string,
  features: readonly InputFeature[],
  train: readonly TransformedRow[],
  test: readonly TransformedRow[],
  groupedBy: TransformationArtifact["groupedBy"] = "vector",
): Promise<ArtifactHandle<TransformationArtifact>> {
  const writePart = async (name: string, rows: readonly TransformedRow[]): Promise<void> => {
    const cols = features.length + 1;
    const matrix = Float64Array.from(rows.flatMap(({ cells, label }) => [...cells, label]));
    const meta = Float64Array.from(
      rows.flatMap(({ group, weight }, row) => [row + 1, group, weight]),
    );
    await writeNpy(join(folder, `${name}.npy`), { data: matrix, rows: rows.length, cols });
    await writeNpy(join(folder, `${name}_rows.npy`), { data: meta, rows: rows.length, cols: 3 });
  };
  await writePart("train", train);
  await writePart("test", test);
  writeFileSync(join(folder, "preprocessing"), encodeInputs(fittedInputs(features)));
  return {
    folder,
    artifact: {
      stage: "transformation",
      groupedBy,
      features: features.map((feature) => feature.name),
      trainRows: train.length,
      testRows: test.length,
      imputedCells: { train: 0, test: 0 },
      files: {
        train: "train.npy",
        test: "test.npy",
        trainRows: "train_rows.npy",
        testRows: "test_rows.npy",
        preprocessing: "preprocessing",
      },
      notes: [],
    },
  };
}

/** A context that writes below `folder`; what a test does not give is quiet. */
export function contextIn(folder: string, given: Partial<StageContext> = {}): StageContext {
  const quiet = (): void => undefined;
  return {
    seed: 42,
    jobs: 2,
    now: () => new Date(0),
    logger: { debug: quiet, info: quiet, warn: quiet },
    progress: quiet,
    output: {
      path: (relative) => {
        const path = join(folder, relative);
        mkdirSync(dirname(path), { recursive: true });
        return path;
      },
    },
    signal: new AbortController().signal,
    ...given,
  };
}
