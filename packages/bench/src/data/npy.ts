import { open, rename, rm } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { basename } from "node:path";
import { PipelineError } from "@gillnet/entity";

/** Cells of the .npy files that both sides read: little-endian, rows one after the other. */
export type NpyCells = Float64Array | Float32Array | Uint8Array;
export type NpyType = "<f8" | "<f4" | "|u1";

/** A matrix; a file of one dimension is a matrix of one column. */
export interface NpyMatrix<Cells extends NpyCells = NpyCells> {
  readonly data: Cells;
  readonly rows: number;
  readonly cols: number;
}

/** Node reads and writes less than 2^31 bytes at once. */
const MAX_PIECE_BYTES = 1 << 30;
const MAX_HEADER_BYTES = 10_000;
const ALIGNMENT = 64;

/**
 * Writes a .npy file piece by piece, so that no matrix need be in memory. Several columns make a file of two
 * dimensions, one makes a file of one, as NumPy's users expect. The file has its name from `close` on.
 */
export class NpyWriter {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #expected: number;
  #written = 0;

  private constructor(file: FileHandle, path: string, expected: number) {
    this.#file = file;
    this.#path = path;
    this.#expected = expected;
  }

  static async create(path: string, type: NpyType, rows: number, cols: number): Promise<NpyWriter> {
    const file = await open(temporary(path), "w");
    await file.write(npyHeader(type, rows, cols));
    return new NpyWriter(file, path, rows * cols);
  }

  /** Appends cells. Their type must be the file's. */
  async write(cells: NpyCells): Promise<void> {
    const bytes = new Uint8Array(cells.buffer, cells.byteOffset, cells.byteLength);
    for (let done = 0; done < bytes.length;) {
      const length = Math.min(bytes.length - done, MAX_PIECE_BYTES);
      done += (await this.#file.write(bytes, done, length)).bytesWritten;
    }
    this.#written += cells.length;
  }

  async close(): Promise<void> {
    await this.#file.close();
    if (this.#written !== this.#expected) {
      await rm(temporary(this.#path), { force: true });
      throw badFile(this.#path, `got ${this.#written} cells for ${this.#expected}`);
    }
    await rename(temporary(this.#path), this.#path);
  }

  /** Gives up: nothing is left. */
  async discard(): Promise<void> {
    await this.#file.close();
    await rm(temporary(this.#path), { force: true });
  }
}

/** Writes a whole matrix. */
export async function writeNpyMatrix(path: string, { data, rows, cols }: NpyMatrix): Promise<void> {
  const writer = await NpyWriter.create(path, typeOf(data), rows, cols);
  await writer.write(data);
  await writer.close();
}

/**
 * Reads a .npy file of float64, float32 or uint8 in C order.
 *
 * @throws PipelineError BENCH_FILE_BAD
 */
export async function readNpyMatrix(path: string): Promise<NpyMatrix> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const start = Buffer.alloc(MAX_HEADER_BYTES);
    const { bytesRead } = await file.read(start, 0, MAX_HEADER_BYTES, 0);
    if (bytesRead < 10 || start.toString("latin1", 0, 6) !== "\x93NUMPY" || start[6] !== 1) {
      throw badFile(path, "it is not a .npy file of version 1");
    }
    const dataStart = 10 + start.readUInt16LE(8);
    const header = start.toString("latin1", 10, dataStart);
    const type = /'descr': '([^']*)'/.exec(header)?.[1];
    const shape = /'shape': \((\d+),(?: (\d+))?\)/.exec(header);
    if (shape === null || !header.includes("'fortran_order': False")) {
      throw badFile(path, `its header is ${header.trim()}`);
    }
    const rows = Number(shape[1]);
    const cols = shape[2] === undefined ? 1 : Number(shape[2]);
    const data = emptyCells(path, type, rows * cols);
    if (size !== dataStart + data.byteLength) {
      throw badFile(path, `it has ${size} bytes for ${dataStart + data.byteLength}`);
    }
    const bytes = new Uint8Array(data.buffer);
    for (let done = 0; done < bytes.length;) {
      const length = Math.min(bytes.length - done, MAX_PIECE_BYTES);
      done += (await file.read(bytes, done, length, dataStart + done)).bytesRead;
    }
    return { data, rows, cols };
  } finally {
    await file.close();
  }
}

/** Reads a vector of bytes: labels, folds. */
export async function readBytes(path: string): Promise<Uint8Array> {
  const { data, cols } = await readNpyMatrix(path);
  if (data instanceof Uint8Array && cols === 1) return data;
  throw badFile(path, "it is not a vector of bytes");
}

/** Reads a vector of doubles: probabilities. */
export async function readDoubles(path: string): Promise<Float64Array> {
  const { data, cols } = await readNpyMatrix(path);
  if (data instanceof Float64Array && cols === 1) return data;
  throw badFile(path, "it is not a vector of doubles");
}

function emptyCells(path: string, type: string | undefined, length: number): NpyCells {
  if (type === "<f8") return new Float64Array(length);
  if (type === "<f4") return new Float32Array(length);
  if (type === "|u1") return new Uint8Array(length);
  throw badFile(path, `its cells are ${type}; <f8, <f4 and |u1 can be read`);
}

function typeOf(cells: NpyCells): NpyType {
  if (cells instanceof Float64Array) return "<f8";
  return cells instanceof Float32Array ? "<f4" : "|u1";
}

function npyHeader(type: NpyType, rows: number, cols: number): Buffer {
  const shape = cols === 1 ? `(${rows},)` : `(${rows}, ${cols})`;
  const dictionary = `{'descr': '${type}', 'fortran_order': False, 'shape': ${shape}, }`;
  const unpadded = 10 + dictionary.length + 1;
  const padding = (ALIGNMENT - (unpadded % ALIGNMENT)) % ALIGNMENT;
  const header = Buffer.from(`\x93NUMPY\x01\0..${dictionary}${" ".repeat(padding)}\n`, "latin1");
  header.writeUInt16LE(header.length - 10, 8);
  return header;
}

function temporary(path: string): string {
  return `${path}.part`;
}

function badFile(path: string, why: string): PipelineError {
  return new PipelineError("BENCH_FILE_BAD", `${basename(path)} cannot be used: ${why}`, {
    hint: "Remove it and run the benchmark again",
    details: { path },
  });
}
