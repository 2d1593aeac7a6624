import { SeededRandom } from "@gillnet/entity";
import type { TransformationArtifact } from "@gillnet/entity";
import type { InputFeature } from "@gillnet/model-bundle";

import type { CanonicalPart } from "../data/canonical-part.ts";
import { applyBins } from "../engine/apply-bins.ts";
import { fitBins } from "../engine/fit-bins.ts";
import { checkSample, drawingOrder } from "./drawing-order.ts";
import { groupedFolds, randomFolds } from "./folds.ts";
import type { FoldedCells } from "./folds.ts";
import type { SearchData } from "./run-task.ts";

/**
 * Deals the training part to folds and codes it for trees: all that the tasks of a search share.
 *
 * One set of bins serves all folds. Bins depend on the features of held-out rows (which values occur, and
 * beyond 254 values where they are cut), never on their labels.
 *
 * @param leastShare share of the rows that the smallest sample of the search has; 1 when it takes no samples
 * @throws PipelineError TRAINER_TOO_FEW_GROUPS, TRAINER_FOLD_WITHOUT_CLASS, TRAINER_SAMPLE_TOO_SMALL
 */
export function prepareSearch(
  part: CanonicalPart,
  features: readonly InputFeature[],
  groupedBy: TransformationArtifact["groupedBy"],
  folds: number,
  seed: number,
  leastShare: number = 1,
  maskGroups: readonly (readonly number[])[] = [],
): SearchData {
  const { x, cells, targets } = part;
  const random = new SeededRandom(seed).fork("trainer");
  const withPlaces = (dealt: FoldedCells, groupOf: Int32Array): FoldedCells => {
    if (leastShare >= 1) return dealt;
    const place = drawingOrder(dealt, groupOf, random.fork("samples"));
    checkSample(dealt, groupOf, place, leastShare);
    return { ...dealt, place };
  };
  const dealtAtRandom = randomFolds(cells, folds, random.fork("random folds"));
  const selection =
    groupedBy === "random"
      ? withPlaces(dealtAtRandom, dealtAtRandom.vector)
      : withPlaces(groupedFolds(cells, folds, random.fork("folds")), cells.group);
  const atRandom = groupedBy === "random" ? selection : dealtAtRandom;
  return {
    seed,
    x,
    features,
    binned: applyBins(x, fitBins(x, targets.weight, features, cells.weightUnit)),
    targets,
    weightUnit: cells.weightUnit,
    maskGroups,
    folds: { selection, random: atRandom },
  };
}
