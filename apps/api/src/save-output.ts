import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * Writes `<folder>/prediction_output/output.csv`: under a name of its own first, then renamed, so that a
 * reader finds the whole of one answer, and of two requests at once the later one's stays.
 */
export async function saveOutput(folder: string, chunks: readonly Uint8Array[]): Promise<void> {
  const outputFolder = join(folder, "prediction_output");
  await mkdir(outputFolder, { recursive: true });
  const temporary = join(outputFolder, `.output-${randomUUID()}.csv`);
  try {
    const file = await open(temporary, "wx");
    try {
      for (const chunk of chunks) await file.writeFile(chunk);
    } finally {
      await file.close();
    }
    await rename(temporary, join(outputFolder, "output.csv"));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
