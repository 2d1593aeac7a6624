/** The stages, in the order in which they run. */
export const STAGE_NAMES = ["ingestion", "validation", "transformation", "trainer"] as const;
export type StageName = (typeof STAGE_NAMES)[number];

/** How far a stage is: a fraction from 0 to 1 when it is known, and what it is doing. */
export interface StageProgress {
  readonly fraction?: number;
  readonly message: string;
}

/** Structured events with a human line. Fields never hold secrets. */
export interface Logger {
  debug(event: string, message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(event: string, message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(event: string, message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/**
 * The folder that a stage writes into. It has a temporary name while the stage runs and gets its
 * own by a rename when the stage has ended well, so nobody ever reads a half-written file.
 */
export interface OutputFolder {
  /** The absolute path of `relativePath` (forward slashes); parent folders exist when it returns. */
  path(relativePath: string): string;
}

/** All that a stage may know of the world. */
export interface StageContext {
  /** The seed of the run; stages derive their own streams with `new SeededRandom(seed).fork(stage)`. */
  readonly seed: number;
  /** How many worker threads a stage may use, at least 1. Never changes a result. */
  readonly jobs: number;
  readonly now: () => Date;
  readonly logger: Logger;
  readonly progress: (progress: StageProgress) => void;
  readonly output: OutputFolder;
  /** Aborted on Ctrl-C: a stage throws `signal.reason` soon after. */
  readonly signal: AbortSignal;
}

/** A stage's artifact and the absolute folder that its relative paths start from. */
export interface ArtifactHandle<Artifact> {
  readonly artifact: Artifact;
  readonly folder: string;
}
