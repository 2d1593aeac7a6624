import { Command, InvalidArgumentError } from "commander";
import type { BenchApp } from "./bench-app.ts";
import type { BenchOptions, ScaleOptions, TimingOptions } from "./commands/options.ts";
import { PEER_LIBRARIES } from "./comparisons.ts";
import type { PeerLibrary } from "./comparisons.ts";

/** The command line of the benchmarks. Commands load their code when they run. */
export function createProgram(app: BenchApp): Command {
  const program = new Command("pnpm bench")
    .description("Gillnet and its peers, timed and scored side by side on this machine")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .configureOutput({
      writeOut: (text) => void app.out.write(text),
      writeErr: (text) => void app.err.write(text),
      // The error is thrown (exitOverride) and told once, by runCli.
      outputError: () => undefined,
    })
    .exitOverride()
    .addHelpText("after", HELP);
  const train = program
    .command("train")
    .description("the original's whole training job, and single fits, on the real table")
    .option("--repeat <n>", "run every side in so many processes, in turns", readCount, 1)
    .action(async (options: TimingOptions) => {
      const { trainCommand } = await import("./commands/train.ts");
      await trainCommand(options, app);
    });
  const scale = program
    .command("scale")
    .description("fits on made-up tables of two- and three-valued and of continuous columns")
    .option("--rows <n>", "rows of each table", readCount, 1_000_000)
    .option("--repeat <n>", "run every side in so many processes, in turns", readCount, 1)
    .action(async (options: ScaleOptions) => {
      const { scaleCommand } = await import("./commands/scale.ts");
      await scaleCommand(options, app);
    });
  const quality = program
    .command("quality")
    .description("accuracy, ROC AUC, log loss and recalls on the same ten folds, two protocols")
    .action(async (options: BenchOptions) => {
      const { qualityCommand } = await import("./commands/quality.ts");
      await qualityCommand(options, app);
    });
  program
    .command("missing")
    .description("masked training against KNN filling when columns are gone, on ten grouped folds")
    .option("--no-write", "print, and leave docs/missing-sources.md as it is")
    .option("--json", "write JSON, for scripts", false)
    .action(async (options: BenchOptions) => {
      const { missingCommand } = await import("./commands/missing.ts");
      await missingCommand(options, app);
    });
  for (const command of [train, scale, quality]) {
    command
      .option("--only <names>", "these comparisons or models alone, with commas between", readNames)
      .option(
        "--peers <names>",
        `none, or of: ${PEER_LIBRARIES.join(", ")}; prints only`,
        readPeers,
      )
      .option("--date <date>", "the date to note, YYYY-MM-DD (default: today)", readDate)
      .option("--no-write", "print, and leave results and docs/benchmarks.md as they are")
      .option("--json", "write JSON, one object a line, for scripts", false);
  }
  return program;
}

const HELP = `
Examples:
  pnpm bench train                          all comparisons on the real table
  pnpm bench train --only grid              the original's whole training job
  pnpm bench scale --only continuous-hist   one comparison
  pnpm bench scale --rows 10000000          ten million rows
  pnpm bench quality --only grouped         one protocol
  pnpm bench missing                        what masked training gains
  pnpm bench train --peers none             Gillnet alone, without Python

The peers need Python 3.11 or newer; it gets an environment in packages/bench/.venv.
GILLNET_BENCH_PYTHON names another Python, GILLNET_UCI_TABLE another copy of the real table.`;

function readCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 100_000_000) return count;
  throw new InvalidArgumentError("It must be a whole number from 1 to 100,000,000.");
}

function readNames(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  if (!names.includes("")) return names;
  throw new InvalidArgumentError("It must be names with commas between.");
}

function readPeers(text: string): PeerLibrary[] {
  if (text === "none") return [];
  return readNames(text).map((name) => {
    const library = PEER_LIBRARIES.find((each) => each === name);
    if (library !== undefined) return library;
    throw new InvalidArgumentError(`It must be none, or of ${PEER_LIBRARIES.join(", ")}.`);
  });
}

function readDate(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError("It must be a date like 2026-01-31.");
}
