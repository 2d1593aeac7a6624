import { open, type FileHandle } from "node:fs/promises";
import { basename } from "node:path";
import { PipelineError } from "@gillnet/entity";

/**
 * Opens the file at `path` for reading.
 *
 * Throws TABLE_FILE_NOT_FOUND, or TABLE_FILE_UNREADABLE for a folder or a refused access.
 */
export async function openToRead(path: string): Promise<FileHandle> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, "r");
    if ((await file.stat()).isDirectory()) {
      throw new PipelineError("TABLE_FILE_UNREADABLE", `${basename(path)} is a folder`, {
        hint: "Give the path of a file",
        details: { path },
      });
    }
    return file;
  } catch (error) {
    await file?.close();
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "TABLE_FILE_UNREADABLE") throw error;
    throw code === "ENOENT"
      ? new PipelineError("TABLE_FILE_NOT_FOUND", `There is no file ${path}`, {
          hint: "Check the path; a relative path starts from the working folder",
          details: { path },
          cause: error,
        })
      : new PipelineError("TABLE_FILE_UNREADABLE", `${basename(path)} cannot be read: ${code}`, {
          hint: "Give the path of a file that this user may read",
          details: { path },
          cause: error,
        });
  }
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
