import { existsSync } from "node:fs";
import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { PipelineError } from "@gillnet/entity";
import type { BenchApp } from "../bench-app.ts";
import { FOLDERS } from "../folders.ts";
import { runSide } from "./run-side.ts";
import type { SideCommand } from "./run-side.ts";

/** Python with the peers' libraries. */
export interface Python {
  readonly program: string;
  /** Of Python and the libraries, by their names. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Some machines set them; they force an old OpenBLAS kernel, which only slows NumPy. */
const SLOWING_VARIABLES = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];

/**
 * The Python of GILLNET_BENCH_PYTHON, else of packages/bench/.venv, which is made when it is not there or its
 * requirements have changed.
 *
 * @throws PipelineError BENCH_NO_PYTHON; the signal's reason when it is aborted.
 */
export async function findPython(app: BenchApp): Promise<Python> {
  const given = app.environment["GILLNET_BENCH_PYTHON"];
  const program = given ?? (await ensureVenv(app));
  const command = pythonCommand({ program }, "versions.py", {}, app);
  const { versions } = (await runSide(command, app.signal).catch((error: unknown) => {
    app.signal.throwIfAborted();
    const libraries = given === undefined ? "its libraries" : "the peers' libraries";
    throw noPython(`${program} cannot be used: it is no Python, or lacks ${libraries}`, error);
  })) as { versions: Record<string, string> };
  return { program, versions };
}

/** How to run one of the peers' scripts with a job. */
export function pythonCommand(
  { program }: Pick<Python, "program">,
  script: string,
  job: object,
  app: BenchApp,
  threads?: number,
): SideCommand {
  const environment: Record<string, string | undefined> = {
    ...app.environment,
    // The scripts' folder stays as it is.
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONUNBUFFERED: "1",
  };
  for (const name of SLOWING_VARIABLES) delete environment[name];
  // Not for scripts with processes of their own, which deal out the cores themselves.
  if (threads !== undefined) environment["OMP_NUM_THREADS"] = String(threads);
  return {
    name: script,
    command: program,
    args: [join(FOLDERS.peers, script), JSON.stringify(job)],
    environment,
  };
}

async function ensureVenv(app: BenchApp): Promise<string> {
  const windows = process.platform === "win32";
  const program = join(FOLDERS.venv, windows ? "Scripts/python.exe" : "bin/python");
  const requirements = join(FOLDERS.peers, "requirements.txt");
  const stamp = join(FOLDERS.venv, "requirements.txt");
  if (existsSync(program) && existsSync(stamp)) {
    const [wanted, installed] = await Promise.all([readFile(requirements), readFile(stamp)]);
    if (wanted.equals(installed)) return program;
  }
  app.err.write("Installing the peers' Python libraries into packages/bench/.venv (once)\n");
  const run = (command: string, args: readonly string[]): Promise<unknown> =>
    runSide(
      { name: command, command, args, environment: app.environment, answers: false },
      app.signal,
    ).catch((error: unknown) => {
      app.signal.throwIfAborted();
      throw noPython("The Python environment in packages/bench/.venv could not be made", error);
    });
  await run(windows ? "python" : "python3", ["-m", "venv", FOLDERS.venv]);
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  await run(program, [...install, "-r", requirements]);
  await copyFile(requirements, stamp);
  return program;
}

function noPython(what: string, cause: unknown): PipelineError {
  const why = cause instanceof Error ? `: ${cause.message}` : "";
  return new PipelineError("BENCH_NO_PYTHON", `${what}${why}`, {
    hint: "Install Python 3.11 or newer with venv, or set GILLNET_BENCH_PYTHON to one that has packages/bench/peers/requirements.txt, or leave the peers out: --peers none",
    cause,
  });
}
