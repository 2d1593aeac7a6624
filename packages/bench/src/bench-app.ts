/** The part of a stream that the benchmarks write to. */
export interface OutputStream {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/** What a benchmark may know of the world. */
export interface BenchApp {
  /** The words of the command line, the program's own left out. */
  readonly commandLine: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Results. */
  readonly out: OutputStream;
  /** Progress and errors. */
  readonly err: OutputStream;
  readonly now: () => Date;
  /** Aborted on Ctrl-C. */
  readonly signal: AbortSignal;
}
