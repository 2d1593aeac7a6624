import { join } from "node:path";

const home = join(import.meta.dirname, "..");
const root = join(home, "../..");

/** Where the benchmarks find and leave things: absolute paths. */
export const FOLDERS: {
  /** Of the repository. */
  readonly root: string;
  readonly results: string;
  readonly peers: string;
  readonly venv: string;
  /** Tables and answers; can be removed at any time. */
  readonly scratch: string;
  readonly cachedTable: string;
  readonly page: string;
  /** Holds the table of `bench missing`. */
  readonly missingPage: string;
  /** Built: what a process of Gillnet's side, and of an npm peer's, starts from. */
  readonly gillnetSide: string;
  readonly npmSide: string;
} = {
  root,
  results: join(home, "results"),
  peers: join(home, "peers"),
  venv: join(home, ".venv"),
  scratch: join(root, "artifacts/bench"),
  cachedTable: join(root, "artifacts/cache/uci-327.csv"),
  page: join(root, "docs/benchmarks.md"),
  missingPage: join(root, "docs/missing-sources.md"),
  gillnetSide: join(home, "dist/sides/gillnet-side.js"),
  npmSide: join(home, "dist/sides/npm-side.js"),
};
