import { PipelineError } from "@gillnet/entity";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "no right to do so",
  EDQUOT: "the quota is used up",
  EEXIST: "something else is in its place",
  EFBIG: "the file would be too large",
  EIO: "the disk answered with an error",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "the name is too long",
  ENFILE: "too many files are open",
  ENOENT: "it is not there",
  ENOSPC: "no space is left",
  ENOTDIR: "a part of the path is a file",
  EPERM: "no right to do so",
  EROFS: "the file system is read-only",
};

/** An error of the file system that is nobody's bug as RUN_STORAGE; any other error as it is. */
export function explainStorageError(error: unknown): unknown {
  const { code, syscall, path } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  const reason = typeof code === "string" && syscall !== undefined ? REASONS[code] : undefined;
  if (reason === undefined) return error;
  const what = path === undefined ? "" : ` ${path}`;
  return new PipelineError("RUN_STORAGE", `Could not ${syscall}${what}: ${reason} (${code})`, {
    hint: "Mend that and run again; pnpm pipeline doctor checks the folder",
    details: { code, syscall, path },
    cause: error,
  });
}
