import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import type { ConfigProblem } from "./problem.ts";

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment with what `.env` in `folder` adds to it: a variable that is set already, be it to
 * nothing, keeps its value. No `.env` is fine. Problems: CONFIG_FILE_UNREADABLE.
 */
export async function readEnvironment(
  folder: string,
  environment: Environment,
): Promise<{ readonly environment: Environment; readonly problems: readonly ConfigProblem[] }> {
  let text: string;
  try {
    text = await readFile(join(folder, ".env"), "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") return { environment, problems: [] };
    return {
      environment,
      problems: [
        {
          code: "CONFIG_FILE_UNREADABLE",
          message: `The file ${code === "EISDIR" ? "is a folder, not a file" : `could not be read (${String(code)})`}`,
          origin: { kind: "whole", file: ".env" },
        },
      ],
    };
  }
  const added = parseEnv(text.replace(/^\uFEFF/, ""));
  const merged: Record<string, string | undefined> = { ...added };
  for (const [name, value] of Object.entries(environment))
    if (value !== undefined) merged[name] = value;
  return { environment: merged, problems: [] };
}
