import { createHash } from "node:crypto";

import { SeededRandom, takeRows } from "@gillnet/entity";

import { contentFingerprint } from "../src/fingerprint.ts";
import { categorical, numeric, tableOf } from "./tables.ts";

const table = tableOf(
  numeric("Size", [1, -0.5, 1, Number.NaN, 1]),
  categorical("kind", ["a", "b", "a", "é", null]),
);

test("is made as its comment says", () => {
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(9, 1);
    bytes.writeDoubleLE(value, 1);
    return bytes;
  };
  const text = (value: string): Buffer => {
    const bytes = Buffer.from(value);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return Buffer.concat([Buffer.of(2), length, bytes]);
  };
  const missing = Buffer.of(0);
  // Columns by lower-cased name: kind, size.
  const rows: [Buffer[], number][] = [
    [[text("a"), number(1)], 2],
    [[text("b"), number(-0.5)], 1],
    [[text("é"), missing], 1],
    [[missing, number(1)], 1],
  ];
  const digests = rows
    .map(([cells, count]): [Buffer, number] => [
      createHash("sha256").update(Buffer.concat(cells)).digest(),
      count,
    ])
    .sort(([a], [b]) => a.compare(b));
  const hash = createHash("sha256").update('["kind","size"]\n');
  for (const [digest, count] of digests) hash.update(digest).update(number(count).subarray(1));
  expect(contentFingerprint(table)).toBe(hash.digest("hex"));
});

describe("is the same", () => {
  const expected = contentFingerprint(table);

  test("for any order of rows", () => {
    const random = new SeededRandom(1);
    for (let trial = 0; trial < 10; trial++) {
      const order = [0, 1, 2, 3, 4];
      random.shuffle(order);
      expect(contentFingerprint(takeRows(table, order))).toBe(expected);
    }
  });

  test("for any order of columns and case of names", () => {
    const [size, kind] = table.columns as [
      (typeof table.columns)[number],
      (typeof table.columns)[number],
    ];
    const turned = tableOf({ ...kind, name: "KIND" }, { ...size, name: "size" });
    expect(contentFingerprint(turned)).toBe(expected);
  });

  test("for numbers read as categories, and with unused categories", () => {
    const asText = categorical("size", ["1", "-0.5", "1", null, "1"]);
    const kind = table.columns[1] as ReturnType<typeof categorical>;
    expect(contentFingerprint(tableOf(asText, kind))).toBe(expected);
    const unused = { ...kind, categories: [...kind.categories, "zzz"] };
    expect(contentFingerprint(tableOf(asText, unused))).toBe(expected);
  });

  test("for -0 and 0", () => {
    expect(contentFingerprint(tableOf(numeric("n", [-0])))).toBe(
      contentFingerprint(tableOf(numeric("n", [0]))),
    );
  });
});

describe("differs", () => {
  const different: Record<string, ReturnType<typeof tableOf>> = {
    "a cell": tableOf(numeric("size", [1]), categorical("kind", ["b"])),
    "a count": tableOf(numeric("size", [1, 1]), categorical("kind", ["a", "a"])),
    "a name": tableOf(numeric("sizes", [1]), categorical("kind", ["a"])),
    "a missing cell": tableOf(numeric("size", [Number.NaN]), categorical("kind", ["a"])),
    "an empty text": tableOf(categorical("size", [""]), categorical("kind", ["a"])),
    "an id with a leading zero": tableOf(categorical("size", ["01"]), categorical("kind", ["a"])),
    "no rows": tableOf(numeric("size", []), categorical("kind", [])),
    "columns exchanged": tableOf(categorical("size", ["a"]), numeric("kind", [1])),
    "a long text": tableOf(numeric("size", [1]), categorical("kind", ["a".repeat(5000)])),
  };
  test("for each difference", () => {
    const base = contentFingerprint(tableOf(numeric("size", [1]), categorical("kind", ["a"])));
    const all = [base, ...Object.values(different).map((other) => contentFingerprint(other))];
    expect(new Set(all).size).toBe(all.length);
  });
});
