import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  NpyWriter,
  readBytes,
  readDoubles,
  readNpyMatrix,
  writeNpyMatrix,
} from "../../src/data/npy.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gillnet-bench-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ["doubles", Float64Array.of(0.1, -2, NaN, 4, 5, 6)],
  ["floats", Float32Array.of(0.5, -2, NaN, 4, 5, 6)],
  ["bytes", Uint8Array.of(0, 1, 2, 253, 254, 255)],
])("a matrix of %s comes back as it was", async (name, data) => {
  const path = join(folder, `${name}.npy`);
  await writeNpyMatrix(path, { data, rows: 2, cols: 3 });
  expect(await readNpyMatrix(path)).toEqual({ data, rows: 2, cols: 3 });
});

test("is what numpy.save writes", async () => {
  const path = join(folder, "a.npy");
  await writeNpyMatrix(path, { data: Uint8Array.of(7, 8), rows: 2, cols: 1 });
  const bytes = readFileSync(path);
  expect(bytes.length).toBe(128 + 2);
  expect(bytes.toString("latin1", 10, 128)).toContain(
    "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }",
  );
  expect(bytes.readUInt16LE(8)).toBe(118);
});

test("is written piece by piece, and has its name when it is whole", async () => {
  const path = join(folder, "a.npy");
  const writer = await NpyWriter.create(path, "<f4", 2, 2);
  await writer.write(Float32Array.of(1, 2, 3));
  expect(readdirSync(folder)).toEqual(["a.npy.part"]);
  await writer.write(Float32Array.of(4));
  await writer.close();
  expect((await readNpyMatrix(path)).data).toEqual(Float32Array.of(1, 2, 3, 4));
});

test("leaves nothing when cells are missing, or when it is given up", async () => {
  const path = join(folder, "a.npy");
  const short = await NpyWriter.create(path, "|u1", 2, 2);
  await short.write(Uint8Array.of(1));
  await expect(short.close()).rejects.toMatchObject({ code: "BENCH_FILE_BAD" });
  await (await NpyWriter.create(path, "|u1", 2, 2)).discard();
  expect(readdirSync(folder)).toEqual([]);
});

describe("refuses", () => {
  const whole = async (): Promise<Buffer> => {
    const path = join(folder, "whole.npy");
    await writeNpyMatrix(path, { data: Float64Array.of(1, 2), rows: 2, cols: 1 });
    return readFileSync(path);
  };
  test.each<[string, (bytes: Buffer) => Buffer]>([
    ["what is no .npy file", () => Buffer.from("hello, world")],
    ["a short file", (bytes) => bytes.subarray(0, -1)],
    ["a long file", (bytes) => Buffer.concat([bytes, Buffer.alloc(1)])],
    ["cells of another type", (bytes) => replaced(bytes, "<f8", ">f8")],
    ["Fortran's order", (bytes) => replaced(bytes, "False", "True ")],
    ["three dimensions", (bytes) => replaced(bytes, "(2,), }     ", "(2, 1, 1), }")],
  ])("%s", async (_name, spoil) => {
    const path = join(folder, "bad.npy");
    writeFileSync(path, spoil(await whole()));
    await expect(readNpyMatrix(path)).rejects.toMatchObject({ code: "BENCH_FILE_BAD" });
  });

  test("a vector of another type", async () => {
    await whole();
    const path = join(folder, "whole.npy");
    expect(await readDoubles(path)).toEqual(Float64Array.of(1, 2));
    await expect(readBytes(path)).rejects.toMatchObject({ code: "BENCH_FILE_BAD" });
  });
});

function replaced(bytes: Buffer, from: string, to: string): Buffer {
  const text = bytes.toString("latin1");
  expect(text).toContain(from);
  return Buffer.from(text.replace(from, to), "latin1");
}
