/** A library of npm's as a model: fit, then predict classes or probabilities. */
export interface NpmModel {
  fit(rows: number[][], labels: number[]): void;
  predict(rows: number[][]): readonly number[];
  /** True when `predict` gives classes. */
  readonly classesOnly: boolean;
}

/** What a TypeScript user would otherwise take, by the names that comparisons use. Loaded when asked for. */
export const NPM_MODELS: Readonly<Record<string, () => Promise<NpmModel>>> = {
  "ml-cart": async () => {
    const { DecisionTreeClassifier } = await import("ml-cart");
    return trained(new DecisionTreeClassifier({ gainFunction: "gini", gainThreshold: 0 }));
  },
  "ml-random-forest": async () => {
    const { RandomForestClassifier } = await import("ml-random-forest");
    const options = { seed: 0, maxFeatures: 0.8, replacement: true, nEstimators: 256, noOOB: true };
    return trained(new RandomForestClassifier(options));
  },
  "decision-tree": async () => {
    const { default: DecisionTree } = await import("decision-tree");
    return overObjects((target, features) => new DecisionTree(target, features));
  },
  "decision-tree/random-forest": async () => {
    // Its README has it; the name stands in a variable because the package does not export it.
    const path: string = "decision-tree/random-forest";
    const { default: RandomForest } = (await import(path)) as {
      default: new (target: string, features: string[], options: object) => ObjectModel;
    };
    return overObjects(
      (target, features) => new RandomForest(target, features, { nEstimators: 256 }),
    );
  },
  "ml-xgboost": async () => {
    const { default: ready } = await import("ml-xgboost");
    const Booster = await ready;
    const booster = new Booster({
      booster: "gbtree",
      objective: "binary:logistic",
      max_depth: 6,
      eta: 0.1,
      silent: 1,
      iterations: 256,
    });
    return { ...trained(booster), classesOnly: false };
  },
};

interface MatrixModel {
  train(rows: number[][], labels: number[]): void;
  predict(rows: number[][]): number[];
}

function trained(model: MatrixModel): NpmModel {
  return {
    fit: (rows, labels) => model.train(rows, labels),
    predict: (rows) => model.predict(rows),
    classesOnly: true,
  };
}

type Sample = Record<string, number>;

interface ObjectModel {
  train(samples: Sample[]): void;
  predict(sample: Sample): unknown;
}

/** For libraries whose rows are objects: the objects are made before the fit is timed. */
function overObjects(make: (target: string, features: string[]) => ObjectModel): NpmModel {
  const samplesOf = (rows: number[][], labels?: number[]): Sample[] =>
    rows.map((cells, row) => {
      const sample: Sample = labels === undefined ? {} : { label: labels[row] as number };
      cells.forEach((cell, column) => {
        sample[`column${column}`] = cell;
      });
      return sample;
    });
  let model: ObjectModel | undefined;
  return {
    fit(rows, labels) {
      const features = (rows[0] ?? []).map((_, column) => `column${column}`);
      model = make("label", features);
      model.train(samplesOf(rows, labels));
    },
    predict: (rows) => samplesOf(rows).map((sample) => Number(model?.predict(sample))),
    classesOnly: true,
  };
}
