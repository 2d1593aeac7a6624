import { readBytes, readNpyMatrix, writeNpyMatrix } from "../data/npy.ts";
import type { NpyMatrix } from "../data/npy.ts";
import type { FitJob } from "./jobs.ts";
import { NPM_MODELS } from "./npm-models.ts";
import { peakMegabytes } from "./peak-megabytes.ts";
import { tellResult } from "./tell.ts";

// The process of an npm peer's side: its job is one JSON object, the only argument.
const job = JSON.parse(process.argv[2] as string) as FitJob & { readonly model: string };

function rowsOf({ data, rows, cols }: NpyMatrix): number[][] {
  return Array.from({ length: rows }, (_, row) => [...data.subarray(row * cols, (row + 1) * cols)]);
}

const load = NPM_MODELS[job.model];
if (load === undefined) throw new RangeError(`No npm peer is called '${job.model}'`);
const rows = rowsOf(await readNpyMatrix(job.x));
const labels = [...(await readBytes(job.y))];
const seconds: number[] = [];
let answers: readonly number[] = [];
let classesOnly = true;
for (let fit = 0; fit < job.fits; fit++) {
  const model = await load();
  const began = performance.now();
  model.fit(rows, labels);
  seconds.push((performance.now() - began) / 1000);
  if (fit + 1 === job.fits) answers = model.predict(rowsOf(await readNpyMatrix(job.xTest)));
  classesOnly = model.classesOnly;
}
const data = Float64Array.from(answers);
await writeNpyMatrix(job.out, { data, rows: data.length, cols: 1 });
tellResult({ seconds, peakMegabytes: peakMegabytes(), classesOnly });
