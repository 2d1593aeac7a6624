import { PipelineError } from "@gillnet/entity";
import type { KeyPath, Origin } from "./config-tree.ts";
import { formatPath } from "./config-tree.ts";
import { configErrors } from "./errors.ts";
import type { ConfigErrorCode } from "./errors.ts";
import { redact } from "./redact.ts";

/** One fault of a configuration: what is wrong and where it was written. */
export interface ConfigProblem {
  readonly code: ConfigErrorCode;
  /** A sentence with the key, the value and what is allowed, without the place. May hold a secret until it is redacted. */
  readonly message: string;
  readonly origin: Origin;
  /** The key concerned, where there is one. */
  readonly path?: KeyPath;
}

/**
 * The error that reports `problems` (at least one), without the text of any of `secrets`.
 *
 * One problem is an error of its own code. Several are CONFIG_INVALID, one a line, in the order of the
 * files' lines with the flags last; `details.problems` has them as data.
 */
export function problemsError(
  problems: readonly ConfigProblem[],
  secrets: readonly string[],
): PipelineError {
  const all = distinctInOrder(problems).map((problem) => {
    const { code, origin, path } = problem;
    const message = redact(`${formatOrigin(origin)}: ${problem.message}`, secrets);
    const key = path === undefined ? undefined : formatPath(path);
    return { code, message, details: detailsOf(origin, key, secrets) };
  });
  const [first] = all;
  if (first !== undefined && all.length === 1)
    return new PipelineError(first.code, first.message, {
      hint: configErrors[first.code].remedy,
      details: first.details,
    });
  return new PipelineError(
    "CONFIG_INVALID",
    [
      `The configuration has ${all.length} faults:`,
      ...all.map(({ message }) => `  ${message.replaceAll("\n", "\n  ")}`),
    ].join("\n"),
    { hint: configErrors.CONFIG_INVALID.remedy, details: { problems: all } },
  );
}

/** "pipeline.yaml:3:7", or "--set seed=x": how a message begins. */
function formatOrigin(origin: Origin): string {
  if (origin.kind === "flag") return `--set ${origin.flag}`;
  if (origin.kind === "whole") return origin.file;
  return `${origin.file}:${origin.line}:${origin.column}`;
}

function detailsOf(
  origin: Origin,
  key: string | undefined,
  secrets: readonly string[],
): Readonly<Record<string, unknown>> {
  const named = key === undefined ? {} : { key };
  if (origin.kind === "flag") return { flag: redact(origin.flag, secrets), ...named };
  const { kind: _, ...place } = origin;
  return { ...place, ...named };
}

/** Files in the order in which they first occur, each by line; then the flags. An anchor used twice is one problem. */
function distinctInOrder(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const files = new Map<string, number>();
  for (const { origin } of problems)
    if (origin.kind !== "flag" && !files.has(origin.file)) files.set(origin.file, files.size);
  const rank = ({ origin }: ConfigProblem): readonly number[] => {
    if (origin.kind === "flag") return [files.size, 0, 0];
    const file = files.get(origin.file) ?? 0;
    return origin.kind === "whole" ? [file, 0, 0] : [file, origin.line, origin.column];
  };
  const distinct = new Map(
    problems.map((problem) => [`${formatOrigin(problem.origin)}: ${problem.message}`, problem]),
  );
  return [...distinct.values()].sort((a, b) => {
    const rankB = rank(b);
    for (const [i, value] of rank(a).entries()) {
      const difference = value - (rankB[i] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}
