import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readNpy } from "../src/read-npy.ts";

const FIXTURES = join(import.meta.dirname, "fixtures", "npy");
const RAMP = {
  rows: 3,
  cols: 4,
  data: Float64Array.from({ length: 12 }, (_, i) => Math.floor(i / 4) + (i % 4) / 4),
};

test.each([
  ["ramp-3x4.npy", RAMP],
  ["ramp-3x4-v2.npy", RAMP],
  ["ramp-3x4-v3.npy", RAMP],
  [
    "ramp-1000x1.npy",
    { rows: 1000, cols: 1, data: Float64Array.from({ length: 1000 }, (_, i) => i) },
  ],
  ["vector-5.npy", { rows: 5, cols: 1, data: Float64Array.of(0, 1, 2, 3, 4) }],
  ["empty-0x3.npy", { rows: 0, cols: 3, data: new Float64Array(0) }],
  ["empty-3x0.npy", { rows: 3, cols: 0, data: new Float64Array(0) }],
  [
    "special.npy",
    {
      rows: 1,
      cols: 6,
      data: Float64Array.of(NaN, Infinity, -Infinity, -0, 5e-324, Number.MAX_VALUE),
    },
  ],
])("%s, as NumPy wrote it", async (file, matrix) => {
  expect(await readNpy(join(FIXTURES, file))).toEqual(matrix);
});

// bad-dtype-f4.npy is refused with TABLE_NPY_DTYPE, and so on.
const bad = readdirSync(FIXTURES).filter((file) => file.startsWith("bad-"));
test.each(bad)("%s is refused", async (file) => {
  const kind = /^bad-(dtype|length|not-npy|shape|version)-/.exec(file)?.[1] ?? "";
  await expect(readNpy(join(FIXTURES, file))).rejects.toMatchObject({
    code: `TABLE_NPY_${kind.toUpperCase().replace("-", "_")}`,
  });
});

test("the message says what is there and what is asked for", async () => {
  await expect(readNpy(join(FIXTURES, "bad-length-huge-shape.npy"))).rejects.toMatchObject({
    message:
      "bad-length-huge-shape.npy has 120 bytes, its shape (1000000000, 1000000000) asks for 8000000000000000000",
  });
  await expect(readNpy(join(FIXTURES, "bad-dtype-fortran.npy"))).rejects.toMatchObject({
    message: "bad-dtype-fortran.npy holds <f8 in Fortran order; <f8 in C order can be read",
  });
});

test.each([
  ["not-there.npy", "TABLE_FILE_NOT_FOUND"],
  ["", "TABLE_FILE_UNREADABLE"],
])("%s is refused with %s", async (file, code) => {
  await expect(readNpy(join(FIXTURES, file))).rejects.toMatchObject({ code });
});
