const MIB = 1024 * 1024;

/** How much one request may hold. Everything above is refused with a 4xx that names the bound. */
export interface ApiLimits {
  /** Bytes of an uploaded file. */
  readonly uploadBytes: number;
  /** Uploads being read or scored at the same time; one more is answered with 503 and Retry-After. */
  readonly concurrentUploads: number;
  /** Rows of an uploaded CSV, the header not counted. */
  readonly csvRows: number;
  readonly csvColumns: number;
  /** Characters of one CSV cell. */
  readonly cellLength: number;
  /** Bytes of a JSON body, after inflation. */
  readonly jsonBytes: number;
  readonly jsonRows: number;
  /** Rows that the HTML table shows. */
  readonly pageRows: number;
  /** Cells that the HTML table shows, so that wide tables show fewer rows. */
  readonly pageCells: number;
  /** Milliseconds between two signs of life on a quiet event stream. */
  readonly heartbeatMs: number;
}

export const defaultLimits: ApiLimits = {
  uploadBytes: 32 * MIB,
  concurrentUploads: 4,
  csvRows: 500_000,
  csvColumns: 2_000,
  cellLength: 32_768,
  jsonBytes: 10 * MIB,
  jsonRows: 10_000,
  pageRows: 1_000,
  pageCells: 100_000,
  heartbeatMs: 15_000,
};
