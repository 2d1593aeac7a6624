import { countOf } from "@gillnet/entity";
import type { Imputer } from "@gillnet/model-bundle";
import type { FilledPart } from "./fill-part.ts";

/** What imputation did and what it left. */
export function describeFilling(
  imputer: Imputer,
  train: FilledPart,
  test: FilledPart,
): readonly string[] {
  const notes: string[] = [];
  if (imputer.kind === "knn") {
    notes.push(
      train.filledCells + test.filledCells === 0
        ? "KNN imputation had nothing to fill"
        : `KNN imputation filled ${filled(train, "training")} and ${filled(test, "test")}`,
    );
  }
  const missing = train.missingCells + test.missingCells;
  if (missing > 0) {
    notes.push(
      `${countOf(missing, "missing cell")} ${missing === 1 ? "stays" : "stay"} missing, for the model to deal with`,
    );
  }
  return notes;
}

function filled(part: FilledPart, name: string): string {
  return `${countOf(part.filledCells, "cell")} in ${countOf(part.filledRows, `${name} row`)}`;
}
