import type { RowMajorF64, SeededRandom } from "@gillnet/entity";
import type {
  Bundle,
  FeatureProfile,
  Imputer,
  InputFeature,
  Model,
  NetworkLayer,
  NetworkModel,
  SingleModel,
  TreeEnsemble,
} from "../src/bundle.ts";

/** Names that trip up what treats names as anything but data. */
const NAMES = ["__proto__", "constructor", "länge", "a b", "", "toString", "\u{1F41F}", "x'y\"z"];

const TEXTS = ["", "NL", "de", "1", "-1", "0.5", "007", "true", "ß", "\ud800", "z\n", "__proto__"];

/** Any valid bundle, small, with every kind of column, imputer and model in turn. */
export function randomBundle(random: SeededRandom): Bundle {
  const features = Array.from({ length: 1 + random.integer(7) }, (_, i) =>
    randomFeature(random, i < NAMES.length && random.integer(2) === 0 ? `${NAMES[i]}` : `f${i}`),
  );
  return {
    features,
    missingMarkers: ["NA", " ? ", "-99", "null"].slice(0, random.integer(5)),
    classes: {
      negative: { name: "legitimate", label: random.integer(2) === 0 ? 1 : "ham" },
      positive: { name: "phishing", label: random.integer(2) === 0 ? -1 : "spam" },
    },
    preprocessor: { imputer: randomImputer(random, features) },
    profile: features.map((feature) => randomProfile(random, feature)),
    model: randomModel(random, features),
    calibration: { kind: "none" },
    threshold: random.integer(3) === 0 ? 0.5 : random.uniform(),
  };
}

function randomFeature(random: SeededRandom, name: string): InputFeature {
  if (random.integer(3) > 0) {
    const lowest = random.integer(5) - 5;
    return {
      kind: "numeric",
      name,
      ...(random.integer(3) === 0 && { values: [1, -1, 0] }),
      ...(random.integer(4) === 0 && { minimum: lowest }),
      ...(random.integer(4) === 0 && { maximum: lowest + 7.5 }),
    };
  }
  const count = random.integer(3) === 0 ? random.integer(80) : random.integer(5);
  const categories = [
    ...new Set(Array.from({ length: count }, (_, i) => TEXTS[i] ?? `category ${i}`)),
  ].sort();
  return {
    kind: "categorical",
    name,
    categories,
    ...(random.integer(4) === 0 && { values: ["only", ...categories] }),
  };
}

function randomImputer(random: SeededRandom, features: readonly InputFeature[]): Imputer {
  if (random.integer(2) === 0) return { kind: "none" };
  const columns = Int32Array.from(features.keys()).filter((i) => features[i]?.kind === "numeric");
  const nDonors = random.integer(12);
  return {
    kind: "knn",
    neighbors: 1 + random.integer(5),
    weights: random.integer(2) === 0 ? "uniform" : "distance",
    columns,
    donors: Float64Array.from({ length: nDonors * columns.length }, () =>
      random.integer(5) === 0 ? NaN : randomDouble(random),
    ),
    donorCounts: Float64Array.from({ length: nDonors }, () => 1 + random.integer(400)),
    means: Float64Array.from(columns, () => randomDouble(random)),
  };
}

function randomModel(random: SeededRandom, features: readonly InputFeature[]): Model {
  const kind = random.integer(8);
  if (kind < 6) return randomSingle(random, features);
  const members = Array.from({ length: 1 + random.integer(3) }, () =>
    randomSingle(random, features),
  );
  if (kind === 6) {
    const weights = Float64Array.from(members, () => 0.1 + random.uniform());
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { kind: "average", members, weights: weights.map((weight) => weight / sum) };
  }
  const intercept = random.uniform() - 0.5;
  const coefficients = Float64Array.from(members, () => randomDouble(random));
  return { kind: "stacking", members, intercept, coefficients };
}

function randomSingle(random: SeededRandom, features: readonly InputFeature[]): SingleModel {
  const kind = random.integer(5);
  if (kind === 4) return randomNetwork(random, features);
  if (kind < 2) return { kind: "forest", trees: randomTrees(random, features) };
  if (kind === 2) {
    const trees = randomTrees(random, features);
    const value = trees.value.map(() => randomDouble(random));
    const initial = random.integer(5) === 0 ? 0 : random.uniform() * 4 - 2;
    const scale = random.integer(2) === 0 ? 1 : random.uniform() + 0.01;
    return { kind: "boosting", trees: { ...trees, value }, initial, scale };
  }
  const start = new Int32Array(features.length);
  let next = 0;
  features.forEach((feature, i) => {
    start[i] = next;
    next += feature.kind === "numeric" ? 1 : feature.categories.length;
  });
  const numeric = (value: () => number): Float64Array =>
    Float64Array.from(features, ({ kind }) => (kind === "numeric" ? value() : 0));
  return {
    kind: "logistic",
    intercept: random.uniform() - 0.5,
    start,
    coefficients: Float64Array.from({ length: next }, () => randomDouble(random)),
    center: numeric(() => randomDouble(random)),
    scale: numeric(() => random.uniform() + 0.01),
  };
}

/** A network of one to three layers; columns are scaled or have units of their own. */
export function randomNetwork(
  random: SeededRandom,
  features: readonly InputFeature[],
): NetworkModel {
  const unitStart = [0];
  const unitValue: number[] = [];
  const center: number[] = [];
  const scale: number[] = [];
  for (const feature of features) {
    const isScaled = feature.kind === "numeric" && random.integer(2) === 0;
    center.push(isScaled ? randomDouble(random) : 0);
    scale.push(isScaled ? random.uniform() + 0.01 : 0);
    if (isScaled) unitValue.push(0);
    else if (feature.kind === "categorical") unitValue.push(...feature.categories.map(() => 0));
    else unitValue.push(...[-2.5, -1, 0, 1, 2].slice(random.integer(6)));
    unitStart.push(unitValue.length);
  }
  const layers: NetworkLayer[] = [];
  let nInputs = unitValue.length;
  for (let left = random.integer(3); left >= 0; left--) {
    const nOutputs = left === 0 ? 1 : 1 + random.integer(5);
    const numbers = (length: number): Float64Array =>
      Float64Array.from({ length }, () => randomWeight(random));
    layers.push({ weights: numbers(nInputs * nOutputs), bias: numbers(nOutputs) });
    nInputs = nOutputs;
  }
  return {
    kind: "network",
    unitStart: Int32Array.from(unitStart),
    center: Float64Array.from(center),
    scale: Float64Array.from(scale),
    unitValue: Float64Array.from(unitValue),
    layers,
  };
}

/** Trees with random splits; nodes are numbered depth first, or in the order of levels. */
export function randomTrees(
  random: SeededRandom,
  features: readonly InputFeature[],
  nTrees: number = 1 + random.integer(4),
  maxDepth: number = 5,
): TreeEnsemble {
  const roots: number[] = [];
  const feature: number[] = [];
  const threshold: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const missingLeft: number[] = [];
  const categoryStart: number[] = [];
  const categoryBits: number[] = [];
  const value: number[] = [];
  const cover: number[] = [];
  const byLevel = random.integer(3) === 0;

  const add = (): number => {
    feature.push(-1);
    threshold.push(0);
    left.push(-1);
    right.push(-1);
    missingLeft.push(0);
    categoryStart.push(-1);
    value.push(random.integer(3) === 0 ? random.uniform() : random.integer(2));
    return cover.push(1 + random.integer(300)) - 1;
  };
  const split = (node: number): void => {
    const column = random.integer(features.length);
    const input = features[column] as InputFeature;
    feature[node] = column;
    missingLeft[node] = random.integer(2);
    if (input.kind === "numeric") {
      threshold[node] = random.integer(20) === 0 ? Infinity : randomDouble(random);
      return;
    }
    categoryStart[node] = categoryBits.length;
    for (let first = 0; first < input.categories.length; first += 32) {
      const used = Math.min(32, input.categories.length - first);
      categoryBits.push(random.uint32() >>> (32 - used));
    }
  };
  const grow = (node: number, depth: number): void => {
    if (depth >= maxDepth || random.integer(6) === 0) return;
    split(node);
    left[node] = add();
    if (!byLevel) grow(left[node] as number, depth + 1);
    right[node] = add();
    if (byLevel) grow(left[node] as number, depth + 1);
    grow(right[node] as number, depth + 1);
  };
  for (let tree = 0; tree < nTrees; tree++) {
    roots.push(add());
    grow(roots[tree] as number, 0);
  }
  // Words stand in the order of the nodes, which splitting by level does not keep.
  const words: number[] = [];
  categoryStart.forEach((start, node) => {
    if (start < 0) return;
    const input = features[feature[node] as number] as InputFeature;
    const count = input.kind === "numeric" ? 0 : Math.ceil(input.categories.length / 32);
    categoryStart[node] = words.length;
    words.push(...categoryBits.slice(start, start + count));
  });
  return {
    roots: Int32Array.from(roots),
    feature: Int32Array.from(feature),
    threshold: Float64Array.from(threshold),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    missingLeft: Uint8Array.from(missingLeft),
    categoryStart: Int32Array.from(categoryStart),
    categoryBits: Uint32Array.from(words),
    value: Float64Array.from(value),
    cover: Float64Array.from(cover),
  };
}

function randomProfile(random: SeededRandom, feature: InputFeature): FeatureProfile {
  const { name } = feature;
  const count = 100 + random.integer(100);
  const missing = random.integer(50);
  if (feature.kind === "categorical") {
    const values = feature.categories.map((value) => ({ value, count: random.integer(20) }));
    return { kind: "categorical", name, count, missing, values };
  }
  const few = random.integer(2) === 0;
  const sorted = Float64Array.from({ length: few ? 4 : 21 }, (_, i) => i + random.uniform()).sort();
  const [minimum = null] = random.integer(5) === 0 ? [] : sorted;
  return {
    kind: "numeric",
    name,
    count,
    missing,
    minimum,
    maximum: minimum === null ? null : (sorted.at(-1) as number),
    mean: minimum,
    values: few ? Array.from(sorted, (value) => ({ value, count: 1.5 })) : null,
    quantiles: few ? null : [...sorted],
  };
}

/** Mostly plain, sometimes extreme; -0 too. */
function randomDouble(random: SeededRandom): number {
  switch (random.integer(8)) {
    case 0:
      return random.uniform() * 2 - 1;
    case 1:
      return (random.uniform() - 0.5) * 1e300;
    case 2:
      return -0;
    case 3:
      return random.uint32();
    case 4:
      return 5e-324;
    default:
      return random.integer(5) - 2;
  }
}

/** Mostly plain, sometimes large, but three layers of it overflow no sum. */
function randomWeight(random: SeededRandom): number {
  const weight = randomDouble(random);
  return Math.abs(weight) > 1e60 ? weight / 1e240 : weight;
}

/** A cell that the outside world may give for this column: mostly fitting, sometimes not. */
export function randomCell(random: SeededRandom, feature: InputFeature): unknown {
  switch (random.integer(10)) {
    case 0:
      return ["", "NA", "-99", null, undefined, "?"][random.integer(6)];
    case 1:
      return ["1e999", {}, [], "0x10", "nonsense", NaN][random.integer(6)];
    case 2:
      return [true, false, " -0 ", -0, "1.0", "+1", "01", "1e0"][random.integer(8)];
    default:
      if (feature.kind === "numeric") {
        return random.integer(2) === 0 ? randomDouble(random) : String(randomDouble(random));
      }
      return feature.categories[random.integer(Math.max(1, feature.categories.length))] ?? "none";
  }
}

/** Cells for these columns, one in five missing. */
export function randomMatrix(
  random: SeededRandom,
  features: readonly InputFeature[],
  randomNumber: (random: SeededRandom) => number,
  rows: number,
): RowMajorF64 {
  const cols = features.length;
  const data = Float64Array.from({ length: rows * cols }, (_, i) => {
    const feature = features[i % cols] as InputFeature;
    if (random.integer(5) === 0) return NaN;
    return feature.kind === "categorical"
      ? random.integer(feature.categories.length)
      : randomNumber(random);
  });
  return { data, rows, cols };
}
