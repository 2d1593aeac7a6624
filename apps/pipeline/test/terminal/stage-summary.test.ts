import type {
  IngestionArtifact,
  TrainerArtifact,
  TransformationArtifact,
  ValidationArtifact,
} from "@gillnet/entity";
import {
  describeModel,
  describeTestRows,
  summarizeStage,
} from "../../src/terminal/stage-summary.ts";

const ingestion = {
  stage: "ingestion",
  source: { kind: "csv", name: "rows.csv", synthetic: false },
  rows: 10,
  rejectedRows: 1,
  split: { by: "group", trainRows: 8, testRows: 2, leakedTestRows: 0 },
} as IngestionArtifact;

test("ingestion: rows, what was set aside, the split", () => {
  expect(summarizeStage(ingestion)).toBe(
    "10 rows from rows.csv; 1 row set aside; 8 train, 2 test, grouped by group",
  );
});

test("validation: how many of each severity, worst first, and the first of the worst", () => {
  const artifact = (findings: unknown): ValidationArtifact =>
    ({ stage: "validation", passed: true, findings }) as ValidationArtifact;
  expect(summarizeStage(artifact([]))).toBe("nothing to remark");
  expect(
    summarizeStage(
      artifact([
        { severity: "note", message: "n" },
        { severity: "warning", message: "w" },
        { severity: "note", message: "m" },
      ]),
    ),
  ).toBe("1 warning, 2 notes: w");
});

test("transformation: features and filled cells", () => {
  const artifact = {
    stage: "transformation",
    features: ["a"],
    imputedCells: { train: 1000, test: 4 },
  };
  expect(summarizeStage(artifact as unknown as TransformationArtifact)).toBe(
    "1 feature; 1,004 missing cells filled",
  );
});

test("a split at random says what it hides", () => {
  const random = (leakedTestRows: number): IngestionArtifact => ({
    ...ingestion,
    split: { ...ingestion.split, by: "random", testRows: 2211, leakedTestRows },
  });
  expect(describeTestRows(random(1024))).toBe(
    "2,211 rows dealt at random: 1,024 of them have copies in the training part, which flatters",
  );
  expect(describeTestRows(random(0))).toBe("2,211 rows dealt at random");
});

test("a model made of others is named by them", () => {
  const named = (family: string, params: TrainerArtifact["params"]): string =>
    describeModel({ family, params } as TrainerArtifact);
  expect(named("random_forest", { n_estimators: 8 })).toBe("random forest");
  const weights = { "random_forest.weight": 0.5, "a.weight": 0.3, "b.weight": 0.2 };
  expect(named("average", weights)).toBe("average of random forest, a and b");
  expect(named("stacking", { intercept: 0, "a.coefficient": 1, "b.coefficient": 2 })).toBe(
    "stack of a and b",
  );
});
