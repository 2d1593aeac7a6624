import { fileTooLarge, RequestFailed, tooManyFiles, unreadableFile } from "./failure.ts";
import { fetchText } from "./fetch-json.ts";
import { bytesText } from "./number-text.ts";

/** The API's sample of rows, beside the page. */
export const SAMPLE = "sample.csv";

/** A file by name, opened when it is its turn. */
export interface GivenFile {
  readonly name: string;
  /** Its bytes, new at each call. Throws RequestFailed. */
  readonly read: () => Promise<ArrayBuffer>;
}

export const sampleFile: GivenFile = {
  name: SAMPLE,
  read: async () => new TextEncoder().encode(await fetchText(SAMPLE)).buffer,
};

/**
 * The one file that a person chose or dropped; null when it was none. A file that can't be taken says so
 * when it is read. `limit` is in bytes, where the server says one.
 */
export function chosenFile(files: readonly File[], limit: number | undefined): GivenFile | null {
  const [file] = files;
  if (file === undefined) return null;
  const { name, size } = file;
  return {
    name,
    read: async () => {
      if (files.length > 1) throw new RequestFailed(tooManyFiles(files.length));
      if (limit !== undefined && size > limit) {
        throw new RequestFailed(fileTooLarge(name, bytesText(size), bytesText(limit)));
      }
      try {
        return await file.arrayBuffer();
      } catch {
        throw new RequestFailed(unreadableFile(name));
      }
    },
  };
}
