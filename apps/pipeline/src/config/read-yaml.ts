import { open } from "node:fs/promises";
import type { ConfigNode, Origin } from "./config-tree.ts";
import { parseYaml } from "./parse-yaml.ts";
import type { ConfigProblem } from "./problem.ts";

/** A configuration is written by hand: a larger file is another file taken for one. */
const MAX_BYTES = 4 * 1024 * 1024;

export interface ReadYaml {
  /** Undefined when there are problems. */
  readonly root: ConfigNode | undefined;
  readonly problems: readonly ConfigProblem[];
}

/**
 * Reads a YAML file. `name` is what messages call it; `namedAt` is where the file was named, if in another
 * file: problems of the file as a whole stand there. Problems: CONFIG_FILE_UNREADABLE, CONFIG_YAML_SYNTAX.
 */
export async function readYaml(path: string, name: string, namedAt?: Origin): Promise<ReadYaml> {
  const content = await readText(path);
  if (content.fault !== undefined)
    return failed({
      code: "CONFIG_FILE_UNREADABLE",
      message: `${namedAt === undefined ? "The file" : name} ${content.fault}`,
      origin: namedAt ?? { kind: "whole", file: name },
    });
  const { root, problems } = parseYaml(content.text, (line, column) => ({
    kind: "file",
    file: name,
    line,
    column,
  }));
  if (problems.length > 0) return { root: undefined, problems };
  if (root === undefined)
    return failed({
      code: "CONFIG_YAML_SYNTAX",
      message: "The file is empty",
      origin: { kind: "whole", file: name },
    });
  if (root.kind !== "map")
    return failed({
      code: "CONFIG_YAML_SYNTAX",
      message: `The file must hold 'key: value' lines, got ${root.kind === "list" ? "a list" : "a single value"}`,
      origin: root.origin,
    });
  return { root, problems: [] };
}

function failed(problem: ConfigProblem): ReadYaml {
  return { root: undefined, problems: [problem] };
}

type Content =
  | { readonly text: string; readonly fault?: undefined }
  | { readonly fault: string; readonly text?: undefined };

/** The text of a file, or in words why it has none. */
async function readText(path: string): Promise<Content> {
  let bytes: Uint8Array;
  try {
    const file = await open(path, "r");
    try {
      const status = await file.stat();
      if (status.isDirectory()) return { fault: "is a folder, not a file" };
      if (status.size > MAX_BYTES)
        return {
          fault: `has ${status.size} bytes; a configuration has at most ${MAX_BYTES}: is it another file?`,
        };
      bytes = await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return { fault: "does not exist" };
    if (code === "EISDIR") return { fault: "is a folder, not a file" };
    if (code === "EACCES" || code === "EPERM") return { fault: "may not be read by this user" };
    if (typeof code === "string") return { fault: `could not be read (${code})` };
    throw error;
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? { fault: "is not text (it holds NUL characters)" } : { text };
  } catch {
    return { fault: "is not UTF-8 text" };
  }
}
