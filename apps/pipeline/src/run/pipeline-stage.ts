import type {
  ArtifactHandle,
  IngestionArtifact,
  StageContext,
  StageName,
  TrainerArtifact,
  TransformationArtifact,
  ValidationArtifact,
} from "@gillnet/entity";

/** Which artifact each stage makes. */
export interface ArtifactByStage {
  readonly ingestion: IngestionArtifact;
  readonly validation: ValidationArtifact;
  readonly transformation: TransformationArtifact;
  readonly trainer: TrainerArtifact;
}

export type StageArtifact = ArtifactByStage[StageName];

/** The finished artifacts that a stage reads. */
export type StageInputs = { readonly [S in StageName]?: ArtifactHandle<ArtifactByStage[S]> };

/**
 * One stage as the runner sees it: what its result depends on, and how to run it. The runner knows
 * nothing else of a stage, so tests give it stages of their own.
 */
export interface PipelineStage {
  readonly name: StageName;
  /** The workspace package whose built code (with all that it imports) the result depends on. */
  readonly packageName: string;
  /** Settings that the result depends on, by their path in pipeline.yaml. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Hashes of inputs from outside the pipeline, by name. */
  readonly sources: Readonly<Record<string, string>>;
  /** Stages whose artifacts it reads. */
  readonly reads: readonly StageName[];
  readonly run: (inputs: StageInputs, context: StageContext) => Promise<StageArtifact>;
}
