import { open, type FileHandle } from "node:fs/promises";
import { basename } from "node:path";
import { PipelineError } from "@gillnet/entity";

/**
 * Opens the file at `path` for reading.
 *
 * Throws TABLE_FILE_NOT_FOUND, or TABLE_FILE_UNREADABLE for a folder or a refused access.
 */
export async function openToRead(path: string): Promise<FileHandle> {
  let file: FileHandle;
  try {
    file = await open(path, "r");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT") throw unreadable(path, `cannot be read: ${code}`, error);
    throw new PipelineError("TABLE_FILE_NOT_FOUND", `There is no file ${path}`, {
      hint: "Check the path; a relative path starts from the working folder",
      details: { path },
      cause: error,
    });
  }
  if ((await file.stat()).isDirectory()) {
    await file.close();
    throw unreadable(path, "is a folder");
  }
  return file;
}

function unreadable(path: string, why: string, cause?: unknown): PipelineError {
  return new PipelineError("TABLE_FILE_UNREADABLE", `${basename(path)} ${why}`, {
    hint: "Give the path of a file that this user may read",
    details: { path },
    cause,
  });
}

/** Opens the file at `path` for writing, emptied. Throws TABLE_FILE_UNWRITABLE. */
export async function openToWrite(path: string): Promise<FileHandle> {
  try {
    return await open(path, "w");
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** The error for a file that could not be written, whatever stopped it. */
export function unwritable(path: string, cause: unknown): PipelineError {
  const reason = (cause as NodeJS.ErrnoException).code ?? (cause as Error).message;
  return new PipelineError("TABLE_FILE_UNWRITABLE", `${path} cannot be written: ${reason}`, {
    hint: "Check that the folder exists, that this user may write there, and that the disk has room",
    details: { path },
    cause,
  });
}
