export type {
  ClassificationScores,
  ConfusionCounts,
  Estimate,
  Finding,
  IngestionArtifact,
  LeaderboardEntry,
  SearchDescription,
  Severity,
  SourceDescription,
  SplitDescription,
  TrainerArtifact,
  TransformationArtifact,
  ValidationArtifact,
} from "./artifact.ts";
export { normalizeCategory, parseNumber } from "./cell-text.ts";
export { canonicalNumber, classOfLabel } from "./dataset-schema.ts";
export type {
  CategoricalFeature,
  ClassSpec,
  DatasetSchema,
  FeatureSpec,
  LabelSpec,
  NumericFeature,
} from "./dataset-schema.ts";
export type { ErrorCodeEntry, ErrorCodeTable } from "./error-codes.ts";
export type { ColumnMajorU8, RowMajorF64 } from "./matrix.ts";
export { nearestName } from "./nearest-name.ts";
export { isPipelineError, PipelineError } from "./pipeline-error.ts";
export type { PipelineErrorOptions } from "./pipeline-error.ts";
export { SeededRandom } from "./seeded-random.ts";
export { STAGE_NAMES } from "./stage.ts";
export type {
  ArtifactHandle,
  Logger,
  OutputFolder,
  StageContext,
  StageName,
  StageProgress,
} from "./stage.ts";
export { cellValue, findColumn, takeRows } from "./table.ts";
export type { CategoricalColumn, Column, NumericColumn, Table } from "./table.ts";
export { countOf, listOf, percent, quoted } from "./wording.ts";
