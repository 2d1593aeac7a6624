import type { ErrorCodeTable } from "@gillnet/entity";

/** Codes that the benchmarks throw. */
export const benchErrors: ErrorCodeTable = {
  BENCH_FILE_BAD: {
    meaning: "A file that the benchmarks exchange or keep is not what they write",
    remedy: "Remove it and run the benchmark again",
  },
  BENCH_INTERRUPTED: {
    meaning: "The benchmark was stopped by Ctrl-C or a signal; its child processes are ended",
    remedy: "Run it again; comparisons that were finished are kept",
  },
  BENCH_NO_PYTHON: {
    meaning: "There is no Python environment for the peers, and none could be made",
    remedy:
      "Install Python 3.11 or newer with venv, or set GILLNET_BENCH_PYTHON to one that has packages/bench/peers/requirements.txt, or leave the peers out: --peers none",
  },
  BENCH_NO_TABLE: {
    meaning: "The real table is not there, or is not such a table",
    remedy:
      "Set GILLNET_UCI_TABLE to the CSV file, or download it into the cache: pnpm pipeline data fetch",
  },
  BENCH_SIDE_FAILED: {
    meaning: "A process that fits models ended without an answer",
    remedy: "See the end of its output in the message",
  },
  BENCH_SIDE_SLOW: {
    meaning: "A peer took longer than it is given",
    remedy: "Nothing: the result says so",
  },
  BENCH_UNKNOWN_NAME: {
    meaning: "There is no comparison or peer of that name",
    remedy: "The message lists the names",
  },
  BENCH_USAGE: {
    meaning: "The command or one of its options is not known, or lacks its value",
    remedy: "See pnpm bench --help",
  },
};
