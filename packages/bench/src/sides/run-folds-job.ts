import type { RowMajorF64 } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";
import { fitClassifier } from "@gillnet/trainer";
import type { LabelledMatrix } from "@gillnet/trainer";
import { readBytes, readNpyMatrix, writeNpyMatrix } from "../data/npy.ts";
import { takeTableRows } from "../data/real-table.ts";
import type { LabelledTable } from "../data/real-table.ts";
import { completeParams } from "./complete-params.ts";
import type { GillnetJob, SideAnswer } from "./jobs.ts";
import { asDoubles, labelledMatrix } from "./labelled-matrix.ts";
import type { SideProgress } from "./run-side.ts";

/** Fits without each fold in turn, and writes what each model says of the fold that it has not seen. */
export async function runFoldsJob(
  job: Extract<GillnetJob, { readonly kind: "folds" }>,
  onProgress: (progress: SideProgress) => void = () => {},
): Promise<SideAnswer> {
  const { family, seed, threads: jobs } = job;
  const matrix = asDoubles(await readNpyMatrix(job.x));
  const table = { x: matrix.data, y: await readBytes(job.y), cols: matrix.cols };
  const folds = await readBytes(job.folds);
  const params = completeParams(family, job.params);
  const { signal } = new AbortController();
  const probability = new Float64Array(folds.length);
  const seconds: number[] = [];
  const count = Math.max(...folds) + 1;
  for (let fold = 0; fold < count; fold++) {
    const isHeld = (row: number): boolean => folds[row] === fold;
    const all = Int32Array.from(folds.keys());
    const heldOut = all.filter(isHeld);
    const training = matrixOf(
      takeTableRows(
        table,
        all.filter((row) => !isHeld(row)),
      ),
    );
    const began = performance.now();
    const { model } = await fitClassifier(training, { family, params, seed, jobs, signal });
    seconds.push((performance.now() - began) / 1000);
    const answers = predictProbabilities(model, matrixOf(takeTableRows(table, heldOut)).x);
    heldOut.forEach((row, at) => {
      probability[row] = answers[at] as number;
    });
    onProgress({ share: (fold + 1) / count });
  }
  await writeNpyMatrix(job.out, { data: probability, rows: probability.length, cols: 1 });
  return { seconds };
}

function matrixOf({ x, y, cols }: LabelledTable): LabelledMatrix & { readonly x: RowMajorF64 } {
  return labelledMatrix({ data: x, rows: y.length, cols }, y);
}
