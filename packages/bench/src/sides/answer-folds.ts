import { readBytes, writeNpyMatrix } from "../data/npy.ts";
import { takeTableRows } from "../data/real-table.ts";
import type { LabelledTable } from "../data/real-table.ts";
import type { FoldsJob, SideAnswer } from "./jobs.ts";
import { readTable } from "./labelled-matrix.ts";
import type { SideProgress } from "./run-side.ts";

/** What a model without a fold says of that fold's rows, and how long it took to make. */
interface FoldAnswer {
  readonly probability: Float64Array;
  readonly seconds: number;
}

/**
 * Goes through the folds and writes what is said of each by a model that has not seen it.
 *
 * @param answer fits on the first part and answers for the second one; `onShare` takes the share of it that is done
 */
export async function answerFolds(
  job: Pick<FoldsJob, "x" | "y" | "folds" | "out">,
  onProgress: (progress: SideProgress) => void,
  answer: (
    training: LabelledTable,
    heldOut: LabelledTable,
    onShare: (share: number) => void,
  ) => Promise<FoldAnswer>,
): Promise<SideAnswer> {
  const table = await readTable(job.x, job.y);
  const folds = await readBytes(job.folds);
  const rows = Int32Array.from(folds.keys());
  const data = new Float64Array(folds.length);
  const seconds: number[] = [];
  const count = Math.max(...folds) + 1;
  for (let fold = 0; fold < count; fold++) {
    const heldOut = rows.filter((row) => folds[row] === fold);
    const training = rows.filter((row) => folds[row] !== fold);
    const answered = await answer(
      takeTableRows(table, training),
      takeTableRows(table, heldOut),
      (share) => onProgress({ share: (fold + share) / count }),
    );
    seconds.push(answered.seconds);
    heldOut.forEach((row, at) => {
      data[row] = answered.probability[at] as number;
    });
    onProgress({ share: (fold + 1) / count });
  }
  await writeNpyMatrix(job.out, { data, rows: data.length, cols: 1 });
  return { seconds };
}
