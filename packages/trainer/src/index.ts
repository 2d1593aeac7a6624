export { trainerErrors } from "./errors.ts";
export type { ClassRow, Evidence } from "./evidence.ts";
export type { ThresholdPoint } from "./metrics/threshold-points.ts";
export type {
  AdaBoostGrid,
  ClassWeight,
  DecisionTreeGrid,
  ExtraTreesGrid,
  GradientBoostingGrid,
  LogisticRegressionGrid,
  NeuralNetworkGrid,
  OneOrMore,
  RandomForestGrid,
  SplitCriterion,
} from "./family-grids.ts";
export type { TrainerParams } from "./params.ts";
export type { EnsembleParams, SearchParams } from "./search-params.ts";
export type { RankedCandidate } from "./selection/leaderboard.ts";
export type { SelectionMetric } from "./selection/metric.ts";
export { fitClassifier } from "./fit-classifier.ts";
export type { FitClassifierOptions, LabelledMatrix } from "./fit-classifier.ts";
export type { CandidateParams, FitResult, OutOfBagScores } from "./families/family.ts";
export { train } from "./train.ts";
