import { rm } from "node:fs/promises";
import { PipelineError, type RowMajorF64 } from "@gillnet/entity";
import { openToWrite, unwritable } from "./open-file.ts";

/** Data start at a multiple of it, so that the file can be mapped into memory. */
const ALIGNMENT = 64;
/** NumPy leaves room for the first dimension to grow in place, up to so many digits. */
const GROWTH_DIGITS = 21;
const MAX_WRITE_BYTES = 1 << 30;

/**
 * Writes a matrix as a NumPy .npy file, format 1.0: byte for byte what `numpy.save` writes for the same
 * C-ordered float64 array. A file that could not be finished is removed.
 *
 * Throws TABLE_NPY_SHAPE when `data` is not rows x cols long, TABLE_FILE_UNWRITABLE.
 */
export async function writeNpy(path: string, matrix: RowMajorF64): Promise<void> {
  const { data, rows, cols } = matrix;
  if (data.length !== rows * cols) {
    throw new PipelineError(
      "TABLE_NPY_SHAPE",
      `A matrix of shape (${rows}, ${cols}) has ${rows * cols} cells, got ${data.length}`,
      { hint: "Pass data of rows x cols cells", details: { rows, cols, cells: data.length } },
    );
  }
  const file = await openToWrite(path);
  try {
    await file.write(npyHeader(rows, cols));
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    for (let done = 0; done < bytes.length;) {
      const length = Math.min(bytes.length - done, MAX_WRITE_BYTES);
      done += (await file.write(bytes, done, length)).bytesWritten;
    }
    await file.close();
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true });
    throw unwritable(path, error);
  }
}

function npyHeader(rows: number, cols: number): Buffer {
  const growth = " ".repeat(GROWTH_DIGITS - String(rows).length);
  const dictionary = `{'descr': '<f8', 'fortran_order': False, 'shape': (${rows}, ${cols}), }${growth}`;
  const unpadded = 10 + dictionary.length + 1;
  const padding = ALIGNMENT - (unpadded % ALIGNMENT);
  const header = Buffer.from(`\x93NUMPY\x01\x00..${dictionary}${" ".repeat(padding)}\n`, "latin1");
  header.writeUInt16LE(header.length - 10, 8);
  return header;
}
