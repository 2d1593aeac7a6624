import { join } from "node:path";
import { countOf, PipelineError } from "@gillnet/entity";
import type { BenchApp } from "../bench-app.ts";
import { PEERS, QUALITY_MODELS, THREADS } from "../comparisons.ts";
import type { QualityModel } from "../comparisons.ts";
import { readBytes, readDoubles } from "../data/npy.ts";
import { readRealTable } from "../data/real-table.ts";
import type { LabelledTable } from "../data/real-table.ts";
import { writeWhole } from "../data/write-tables.ts";
import { FOLDERS } from "../folders.ts";
import type { SideResult } from "../results/bench-result.ts";
import { AVERAGE, firstPlaces, isSingle, PUBLISHED } from "../results/first-places.ts";
import { formatScore } from "../results/format.ts";
import { METRIC_NAMES, METRICS, scoreFolds } from "../scoring/score-folds.ts";
import type { FoldsJob, SideAnswer } from "../sides/jobs.ts";
import { timingOf } from "./compare-fits.ts";
import { runGillnet, runPython } from "./measure-side.ts";
import type { Measured } from "./measure-side.ts";
import type { BenchOptions } from "./options.ts";
import { selectByName } from "./select.ts";
import { Session } from "./session.ts";

const PROTOCOLS = ["random", "grouped"] as const;
type Protocol = (typeof PROTOCOLS)[number];

const TITLES: Record<Protocol, string> = {
  random: "ten folds dealt at random",
  grouped: "ten folds, equal rows in one fold",
};
const WIDTHS = [13, 24, ...METRIC_NAMES.map(() => 17)];

/** Cross-validated quality of all models on the real table, on the same folds, by the same scorer. */
export async function qualityCommand(options: BenchOptions, app: BenchApp): Promise<void> {
  const { protocols, models } = choose(options);
  const table = await readRealTable(app);
  // Also without peers: the folds are scikit-learn's.
  const partial = models.length < QUALITY_MODELS.length;
  const session = await Session.open(app, { ...options, write: options.write && !partial }, true);
  const whole = await writeWhole(table);
  const paths = {
    random: join(FOLDERS.scratch, "folds-random.npy"),
    grouped: join(FOLDERS.scratch, "folds-grouped.npy"),
  };
  const made = await runPython(session, "making folds", "make_folds.py", { ...whole, ...paths });
  if ("failure" in made) throw new PipelineError("BENCH_SIDE_FAILED", made.failure);
  for (const protocol of protocols) {
    await scoreProtocol(session, protocol, models, table, { ...whole, folds: paths[protocol] });
  }
}

/** `--only` names protocols and models; none of a kind means all of it. */
function choose({ only, peers }: BenchOptions): {
  readonly protocols: readonly Protocol[];
  readonly models: readonly QualityModel[];
} {
  const isProtocol = (name: string): name is Protocol => PROTOCOLS.some((each) => each === name);
  const protocols = only?.filter(isProtocol) ?? [];
  const names = only?.filter((name) => !isProtocol(name)) ?? [];
  const models = selectByName(QUALITY_MODELS, names.length === 0 ? undefined : names);
  return {
    protocols: protocols.length === 0 ? PROTOCOLS : protocols,
    models: models.filter(
      ({ side, model }) =>
        side === "gillnet" || peers === undefined || peers.includes(model.library),
    ),
  };
}

async function scoreProtocol(
  session: Session,
  protocol: Protocol,
  models: readonly QualityModel[],
  { y }: LabelledTable,
  files: Pick<FoldsJob, "x" | "y" | "folds">,
): Promise<void> {
  const busyCores = await session.busyCores();
  const folds = await readBytes(files.folds);
  session.print([`${TITLES[protocol]}, ${countOf(y.length, "row")}`], []);
  session.print(["by", "model", ...METRIC_NAMES.map((each) => METRICS[each].title)], WIDTHS);
  const results: SideResult[] = [];
  const averages = { gillnet: new Average(), peer: new Average() };
  const add = (result: SideResult): void => {
    results.push(result);
    session.tellSide(`quality-${protocol}`, result);
    const scores = METRIC_NAMES.map((metric) => formatScore(result.foldScores?.[metric]));
    const { library, model, failure } = result;
    session.print([library, model, ...(failure === undefined ? scores : [failure])], WIDTHS);
  };
  for (const model of models) {
    const { side, name } = model;
    const library = side === "gillnet" ? "Gillnet" : model.model.library;
    const out = join(FOLDERS.scratch, `folds-${protocol}-${side}-${name}.npy`);
    const { x, y: labels } = files;
    const job: FoldsJob = { kind: "folds", x, y: labels, folds: files.folds, out };
    const measured = await predictFolds(session, `${protocol} folds, ${name}`, model, job);
    const about = { side, library, model: name };
    if ("failure" in measured) {
      add({ ...about, failure: measured.failure });
      continue;
    }
    const probability = await readDoubles(out);
    if (model.averaged) averages[side].add(name, probability);
    const foldScores = scoreFolds(probability, y, folds);
    add({ ...about, timing: timingOf(measured.seconds.map((each) => [each])), foldScores });
  }
  const averaged: string[] = [];
  for (const [side, library] of [
    ["gillnet", "Gillnet"],
    ["peer", PEERS],
  ] as const) {
    const { members, mean } = averages[side];
    if (members.length < 2) continue;
    averaged.push(`${library} (${members.join(", ")})`);
    add({ side, library, model: AVERAGE, foldScores: scoreFolds(mean(), y, folds) });
  }
  const ours = models.flatMap((each) => (each.side === "gillnet" && each.averaged ? [each] : []));
  if (ours.length > 1) {
    const out = join(FOLDERS.scratch, `folds-${protocol}-gillnet-published.npy`);
    const { seconds } = await runPublished(session, protocol, ours, { ...files, out });
    add({
      side: "gillnet",
      library: "Gillnet",
      model: PUBLISHED,
      timing: timingOf(seconds.map((each) => [each])),
      foldScores: scoreFolds(await readDoubles(out), y, folds),
    });
  }
  printFirst(session, results);
  await session.finish(
    {
      name: `quality-${protocol}`,
      bench: "quality",
      title: TITLES[protocol],
      settings: {
        rows: y.length,
        folds: Math.max(...folds) + 1,
        threads: THREADS,
        averaged: averaged.join("; "),
      },
      sides: results,
    },
    busyCores,
  );
}

/** Says who is first on each metric, with the best single model and the best of the peers. */
function printFirst(session: Session, results: readonly SideResult[]): void {
  const single = firstPlaces(results.filter(isSingle));
  const peers = firstPlaces(results.filter(({ side }) => side === "peer"));
  for (const [metric, first] of firstPlaces(results)) {
    const text = (side: SideResult | undefined): string =>
      side === undefined
        ? "none"
        : `${side.library} ${side.model} ${formatScore(side.foldScores?.[metric])}`;
    session.print(
      [
        `First by ${METRICS[metric].title}: ${text(first)}; single model: ${text(single.get(metric))}; peer: ${text(peers.get(metric))}`,
      ],
      [],
    );
  }
}

function predictFolds(
  session: Session,
  label: string,
  { side, model }: QualityModel,
  job: FoldsJob,
): Promise<Measured> {
  if (side === "gillnet") return runGillnet(session, label, { ...job, ...model });
  const { estimator, params } = model;
  const whole = { ...job, estimator, params, jobs: THREADS };
  return runPython(session, `${label}: ${model.library}`, "cv.py", whole, 1);
}

/** What the pipeline publishes when it has these models to choose from and to average. */
async function runPublished(
  session: Session,
  protocol: Protocol,
  members: readonly Extract<QualityModel, { readonly side: "gillnet" }>[],
  files: Omit<FoldsJob, "kind">,
): Promise<SideAnswer> {
  const measured = await runGillnet(session, `${protocol} folds, ${PUBLISHED}`, {
    kind: "published",
    ...files,
    members: members.map(({ model }) => model),
    by: protocol === "random" ? "random" : "vector",
    folder: join(FOLDERS.scratch, "published"),
  });
  if ("failure" in measured) throw new PipelineError("BENCH_SIDE_FAILED", measured.failure);
  return measured;
}

/** The plain mean of several models' probabilities. */
class Average {
  readonly members: string[] = [];
  #sum = new Float64Array(0);

  add(name: string, probability: Float64Array): void {
    if (this.members.length === 0) this.#sum = new Float64Array(probability.length);
    this.members.push(name);
    for (let row = 0; row < probability.length; row++) {
      this.#sum[row] = (this.#sum[row] as number) + (probability[row] as number);
    }
  }

  readonly mean = (): Float64Array => this.#sum.map((sum) => sum / this.members.length);
}
