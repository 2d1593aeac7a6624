import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SeededRandom } from "@gillnet/entity";
import { readNpy } from "../src/read-npy.ts";
import { writeNpy } from "../src/write-npy.ts";

const FIXTURES = join(import.meta.dirname, "fixtures", "npy");
const folder = mkdtempSync(join(tmpdir(), "gillnet-write-npy-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(["ramp-3x4", "ramp-1000x1", "empty-0x3", "empty-3x0", "special"])(
  "%s has the bytes of numpy.save",
  async (name) => {
    const fixture = join(FIXTURES, `${name}.npy`);
    const path = join(folder, `${name}.npy`);
    await writeNpy(path, await readNpy(fixture));
    expect(readFileSync(path).equals(readFileSync(fixture))).toBe(true);
  },
);

test("data start at a multiple of 64, whatever the shape", async () => {
  const path = join(folder, "shape.npy");
  for (const [rows, cols] of [
    [0, 0],
    [1, 9],
    [12, 345],
    [100_000, 1],
    [9_007_199_254_740_991, 0],
  ] as const) {
    await writeNpy(path, { data: new Float64Array(rows * cols), rows, cols });
    const bytes = readFileSync(path);
    expect((10 + bytes.readUInt16LE(8)) % 64).toBe(0);
    expect(await readNpy(path)).toMatchObject({ rows, cols });
  }
});

test("a part of a larger buffer is written alone", async () => {
  const random = new SeededRandom(9);
  const whole = Float64Array.from({ length: 30 }, () => random.uniform());
  const path = join(folder, "part.npy");
  const matrix = { data: whole.subarray(5, 17), rows: 4, cols: 3 };
  await writeNpy(path, matrix);
  expect(await readNpy(path)).toEqual({ ...matrix, data: whole.slice(5, 17) });
});

test("a shape that its data do not fill is refused", async () => {
  await expect(
    writeNpy(join(folder, "bad.npy"), { data: new Float64Array(5), rows: 2, cols: 3 }),
  ).rejects.toMatchObject({ code: "TABLE_NPY_SHAPE" });
});

test.each(["no/such/folder.npy", "."])("%s cannot be written", async (path) => {
  await expect(
    writeNpy(join(folder, path), { data: new Float64Array(0), rows: 0, cols: 0 }),
  ).rejects.toMatchObject({ code: "TABLE_FILE_UNWRITABLE" });
});
