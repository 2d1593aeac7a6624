import { STAGE_NAMES } from "@gillnet/entity";
import { Command, InvalidArgumentError } from "commander";
import type { PlanFlags } from "./commands/plan.ts";
import type { PushDataFlags } from "./commands/push-data.ts";
import type { RunFlags } from "./commands/run.ts";
import type { RunsFlags } from "./commands/runs.ts";
import type { SyncFlags } from "./commands/sync.ts";
import { gillnetVersion } from "./gillnet-version.ts";
import type { App } from "./workspace.ts";

/** The command line: every command with its flags and examples. Commands load their code when they run. */
export function createProgram(app: App): Command {
  const { out, err } = app.terminal;
  const program = new Command("pnpm pipeline")
    .description("Gillnet: from labelled rows to a published model, step by step and reproducibly")
    .version(gillnetVersion, "-V, --version", "print the version")
    .option("--config <file>", "the configuration (default: the nearest pipeline.yaml)")
    .option("--set <key=value>", "set a key of the configuration for this time", collect)
    .option("--json", "write JSON, one object a line, for scripts")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void out.write(text),
      writeErr: (text) => void err.write(text),
      // The error is thrown (exitOverride) and told once, by main.
      outputError: () => undefined,
    })
    .exitOverride();
  addRunCommands(program, app);
  addHistoryCommands(program, app);
  addVersionCommands(program, app);
  addDataCommands(program, app);
  addUpkeepCommands(program, app);
  program.addHelpText(
    "after",
    examples(
      ["pnpm pipeline run", "run what is stale and publish"],
      ["pnpm pipeline plan", "see what a run would do, and why"],
      ["pnpm pipeline run --set trainer.folds=10", "run with another setting"],
      ["pnpm pipeline rollback", "go back to the version before"],
    ),
  );
  return program;
}

function addRunCommands(program: Command, app: App): void {
  program
    .command("run")
    .argument("[stage]", `run this stage alone, changed or not: ${STAGE_NAMES.join(", ")}`)
    .description("run the stages that are stale, judge the model, publish it")
    .option("--from <stage>", "begin here; what stands before has to be up to date")
    .option("--to <stage>", "end here; nothing is published before the last stage")
    .option("--force", "run the stages though nothing changed")
    .option("--jobs <n>", "use so many threads (default: as many as there are cores)", readCount)
    .addHelpText(
      "after",
      examples(
        ["pnpm pipeline run", "run what is stale and publish"],
        ["pnpm pipeline run trainer", "run the trainer again"],
        ["pnpm pipeline run --to transformation", "stop before training"],
        ["pnpm pipeline run --set source.kind=csv --set source.path=F", "run on another file"],
        ["pnpm pipeline run --json", "write events for a script"],
      ),
    )
    .action(async (stage: string | undefined, _flags: unknown, command: Command) => {
      const { runCommand } = await import("./commands/run.ts");
      await runCommand(stage, flagsOf(command), app);
    });
  program
    .command("plan")
    .description("say which stages a run would run, and why; changes nothing")
    .option("--check", "end with 1 when anything is stale")
    .addHelpText(
      "after",
      examples(
        ["pnpm pipeline plan", "see what changed since the last run"],
        ["pnpm pipeline plan --set seed=7", "see what another setting would mean"],
        ["pnpm pipeline plan --check", "in CI: are the artifacts up to date?"],
      ),
    )
    .action(async (_flags: unknown, command: Command) => {
      const { planCommand } = await import("./commands/plan.ts");
      await planCommand(flagsOf(command), app);
    });
}

function addHistoryCommands(program: Command, app: App): void {
  program
    .command("runs")
    .description("list the runs, newest first")
    .option("--limit <n>", "show so many (default: 20)", readCount)
    .action(async (_flags: unknown, command: Command) => {
      const { runsCommand } = await import("./commands/runs.ts");
      await runsCommand(flagsOf(command), app);
    });
  program
    .command("show")
    .argument("[run]", "its name, as in runs (default: the newest)")
    .description("show one run: stages, reasons, model, gates")
    .action(async (run: string | undefined, _flags: unknown, command: Command) => {
      const { showCommand } = await import("./commands/show.ts");
      await showCommand(run, flagsOf(command), app);
    });
}

function addVersionCommands(program: Command, app: App): void {
  program
    .command("publish")
    .argument("[run]", "its name, as in runs (default: the newest with a model)")
    .description("judge a run's model by the gates as they are now, and make it live")
    .action(async (run: string | undefined, _flags: unknown, command: Command) => {
      const { publishCommand } = await import("./commands/publish.ts");
      await publishCommand(run, flagsOf(command), app);
    });
  program
    .command("rollback")
    .argument("[version]", "its number (default: the one before the live one)")
    .description("make an earlier version live")
    .addHelpText(
      "after",
      examples(
        ["pnpm pipeline rollback", "go back by one"],
        ["pnpm pipeline rollback 3", "make version 3 live"],
      ),
    )
    .action(async (version: string | undefined, _flags: unknown, command: Command) => {
      const { rollbackCommand } = await import("./commands/rollback.ts");
      await rollbackCommand(version, flagsOf(command), app);
    });
  program
    .command("versions")
    .description("list the published versions, newest first")
    .action(async (_flags: unknown, command: Command) => {
      const { versionsCommand } = await import("./commands/versions.ts");
      await versionsCommand(flagsOf(command), app);
    });
}

function addDataCommands(program: Command, app: App): void {
  program
    .command("push-data")
    .argument("<file>", "a CSV file")
    .description("put a CSV file into MongoDB; pushing it again changes nothing")
    .option("--database <name>", "the database (default: source.mongodb.database)")
    .option("--collection <name>", "the collection (default: source.mongodb.collection)")
    .option("--drop", "drop the collection first")
    .addHelpText(
      "after",
      examples(
        ["pnpm pipeline push-data rows.csv", "add the rows that are not there yet"],
        ["pnpm pipeline push-data rows.csv --drop", "have these rows and no others"],
        ["pnpm pipeline run --set source.kind=mongodb", "then run on them"],
      ),
    )
    .action(async (file: string, _flags: unknown, command: Command) => {
      const { pushDataCommand } = await import("./commands/push-data.ts");
      await pushDataCommand(file, flagsOf(command), app);
    });
  program
    .command("data")
    .description("the source's data")
    .command("fetch")
    .description("download the UCI table of source.uci into the cache, and check its content")
    .action(async (_flags: unknown, command: Command) => {
      const { dataFetchCommand } = await import("./commands/data-fetch.ts");
      await dataFetchCommand(flagsOf(command), app);
    });
}

function addUpkeepCommands(program: Command, app: App): void {
  program
    .command("sync")
    .description("send runs to the MLflow server that do not stand there yet, oldest first")
    .option("--to <uri>", "to this server (default: tracking.uri, else MLFLOW_TRACKING_URI)")
    .addHelpText(
      "after",
      examples(
        ["pnpm pipeline sync", "send what could not be sent when it ran"],
        ["pnpm pipeline sync --to http://127.0.0.1:5000", "send all runs to another server"],
      ),
    )
    .action(async (_flags: unknown, command: Command) => {
      const { syncCommand } = await import("./commands/sync.ts");
      await syncCommand(flagsOf(command), app);
    });
  program
    .command("doctor")
    .description("check what a run needs, and say what to do")
    .action(async (_flags: unknown, command: Command) => {
      const { doctorCommand } = await import("./commands/doctor.ts");
      await doctorCommand(flagsOf(command), app);
    });
}

type AllFlags = RunFlags & PlanFlags & RunsFlags & PushDataFlags & SyncFlags;

/** Defaults stand here and not with the options, whose help would show them as `[]` and `false`. */
function flagsOf(command: Command): AllFlags {
  const given: Partial<AllFlags> = command.optsWithGlobals();
  return { set: [], json: false, force: false, check: false, drop: false, limit: 20, ...given };
}

function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

function readCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 100_000) return count;
  throw new InvalidArgumentError("It must be a whole number, 1 or more.");
}

function examples(...lines: readonly (readonly [string, string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  const shown = lines.map(([command, meaning]) => `  ${command.padEnd(width)}  ${meaning}`);
  return `\nExamples:\n${shown.join("\n")}`;
}
