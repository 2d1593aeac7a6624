import type { FileHandle } from "node:fs/promises";
import { basename } from "node:path";
import { PipelineError, type RowMajorF64 } from "@gillnet/entity";
import { openToRead } from "./open-file.ts";

/** NumPy itself refuses longer headers when it reads. */
const MAX_HEADER_BYTES = 10_000;
/** Node reads less than 2^31 bytes at once. */
const MAX_READ_BYTES = 1 << 30;

/**
 * Reads a NumPy .npy file (format 1.0, 2.0 or 3.0) of little-endian float64 in C order. An array of one
 * dimension is read as a matrix of one column. Nothing is allocated before the file's length is known to
 * agree with its shape.
 *
 * Throws TABLE_FILE_NOT_FOUND, TABLE_FILE_UNREADABLE, TABLE_NPY_NOT_NPY, TABLE_NPY_VERSION, TABLE_NPY_DTYPE,
 * TABLE_NPY_SHAPE, TABLE_NPY_LENGTH.
 */
export async function readNpy(path: string): Promise<RowMajorF64> {
  const file = await openToRead(path);
  try {
    const { size } = await file.stat();
    const { header, dataStart } = await readHeader(path, file, size);
    const { rows, cols } = parseHeader(path, header);
    // Dimensions are at most 2^53, so their product is a finite number, exact where a file could be that long.
    const expected = dataStart + rows * cols * 8;
    if (size !== expected) {
      throw new PipelineError(
        "TABLE_NPY_LENGTH",
        `${basename(path)} has ${size} bytes, its shape (${rows}, ${cols}) asks for ${expected}`,
        { hint: "Write the file again", details: { path, size, expected } },
      );
    }
    const data = new Float64Array(rows * cols);
    const bytes = new Uint8Array(data.buffer);
    for (let done = 0; done < bytes.length;) {
      const length = Math.min(bytes.length - done, MAX_READ_BYTES);
      const { bytesRead } = await file.read(bytes, done, length, dataStart + done);
      if (bytesRead === 0) throw notNpy(path, "it shrank while it was read");
      done += bytesRead;
    }
    return { data, rows, cols };
  } finally {
    await file.close();
  }
}

async function readHeader(
  path: string,
  file: FileHandle,
  size: number,
): Promise<{ readonly header: string; readonly dataStart: number }> {
  const start = Buffer.alloc(12);
  const { bytesRead } = await file.read(start, 0, 12, 0);
  if (bytesRead < 10 || start.toString("latin1", 0, 6) !== "\x93NUMPY") {
    throw notNpy(path, "its first bytes are not NumPy's");
  }
  const major = start[6] as number;
  if (major < 1 || major > 3 || start[7] !== 0) {
    throw new PipelineError(
      "TABLE_NPY_VERSION",
      `${basename(path)} has .npy version ${major}.${start[7]}; 1.0, 2.0 and 3.0 can be read`,
      { hint: "Save the array with a released NumPy", details: { path } },
    );
  }
  const headerStart = major === 1 ? 10 : 12;
  const length = major === 1 ? start.readUInt16LE(8) : start.readUInt32LE(8);
  const dataStart = headerStart + length;
  if (length > MAX_HEADER_BYTES || dataStart > size) {
    throw notNpy(path, `its header would be ${length} bytes long`);
  }
  const header = Buffer.alloc(length);
  await file.read(header, 0, length, headerStart);
  return { header: header.toString(major === 3 ? "utf8" : "latin1"), dataStart };
}

/** Reads the header, a Python dictionary of three known keys, by pattern: nothing else can be in it. */
function parseHeader(
  path: string,
  header: string,
): { readonly rows: number; readonly cols: number } {
  const dtype = /['"]descr['"]\s*:\s*(?:'([^']*)'|"([^"]*)"|(\[))/.exec(header);
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(header)?.[1];
  const shape = /['"]shape['"]\s*:\s*\(([\d\sL,]*)\)/.exec(header)?.[1];
  if (
    !/^\{.*\}\s*$/s.test(header) ||
    dtype === null ||
    order === undefined ||
    shape === undefined
  ) {
    throw notNpy(path, "its header is not what NumPy writes");
  }
  const name = dtype[1] ?? dtype[2] ?? "of records";
  if (name !== "<f8" || order === "True") {
    throw new PipelineError(
      "TABLE_NPY_DTYPE",
      `${basename(path)} holds ${name} in ${order === "True" ? "Fortran" : "C"} order; <f8 in C order can be read`,
      {
        hint: "Save it with numpy.save(path, numpy.ascontiguousarray(a, dtype='<f8'))",
        details: { path, dtype: name, fortranOrder: order === "True" },
      },
    );
  }
  const dimensions = shape
    .split(",")
    .map((text) => text.trim().replace(/L$/, ""))
    .filter((text) => text !== "")
    .map(Number);
  const [rows, cols = 1] = dimensions;
  if (rows === undefined || dimensions.length > 2 || !dimensions.every(Number.isSafeInteger)) {
    throw new PipelineError(
      "TABLE_NPY_SHAPE",
      `${basename(path)} has the shape (${shape}); a matrix has one or two dimensions`,
      { hint: "Reshape it to (rows, columns)", details: { path } },
    );
  }
  return { rows, cols };
}

function notNpy(path: string, why: string): PipelineError {
  return new PipelineError("TABLE_NPY_NOT_NPY", `${basename(path)} is not a .npy file: ${why}`, {
    hint: "Save the array with numpy.save",
    details: { path },
  });
}
