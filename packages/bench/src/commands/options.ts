import type { PeerLibrary } from "../comparisons.ts";

/** What all benchmarks are told. */
export interface BenchOptions {
  /** Names of comparisons; all when absent. */
  readonly only?: readonly string[];
  /** Libraries to compare with; all when absent. */
  readonly peers?: readonly PeerLibrary[];
  /** YYYY-MM-DD; today when absent. */
  readonly date?: string;
  /** False: print, and leave results and page as they are. */
  readonly write: boolean;
  readonly json: boolean;
}

/** And those that time. */
export interface TimingOptions extends BenchOptions {
  /** Processes of each side. */
  readonly repeat: number;
}

export interface ScaleOptions extends TimingOptions {
  readonly rows: number;
}
