import { createHash } from "node:crypto";

import { BSON, Long, ObjectId } from "mongodb";

import { hashDocuments, rowOf } from "../../src/mongodb/read-documents.ts";

test("a document becomes a row of the columns; what it lacks is undefined, whatever objects inherit", () => {
  const bytes = BSON.serialize({ _id: 7, b: Long.fromNumber(2), a: "x", c: null });
  expect(rowOf(bytes, ["a", "b", "c", "constructor", "__proto__"], BSON)).toEqual({
    cells: ["x", 2, null, undefined, undefined],
    document: "7",
  });
});

test.each([
  [new ObjectId("64b7f0c2a1b2c3d4e5f60718"), "64b7f0c2a1b2c3d4e5f60718"],
  ["row 1", "row 1"],
  [{ a: 1 }, '{"a":1}'],
])("its _id %j names it", (_id, name) => {
  expect(rowOf(BSON.serialize({ _id }), [], BSON).document).toBe(name);
});

test("text that is no UTF-8 is no cell; the others of the document are", () => {
  const bytes = Buffer.from(BSON.serialize({ _id: 1, a: "café", b: "good" }));
  bytes[bytes.indexOf("é")] = 0xff;
  const { cells, document } = rowOf(bytes, ["a", "b"], BSON);
  expect(cells[0]).toMatchObject({ reason: "Not UTF-8" });
  expect(cells[1]).toBe("good");
  expect(document).toBe("1");
});

test("the hash is that of the documents' bytes, however they are batched", async () => {
  async function* batchesOf(sizes: readonly number[]): AsyncGenerator<Uint8Array[]> {
    let next = 0;
    for (const size of sizes) {
      yield Array.from({ length: size }, () => BSON.serialize({ _id: next++ }));
    }
  }
  const whole = createHash("sha256");
  for (let i = 0; i < 5; i++) whole.update(BSON.serialize({ _id: i }));
  const hash = whole.digest("hex");
  expect(await hashDocuments(batchesOf([5]))).toEqual({ hash, count: 5 });
  expect(await hashDocuments(batchesOf([2, 0, 3]))).toEqual({ hash, count: 5 });
  expect((await hashDocuments(batchesOf([4]))).hash).not.toBe(hash);
});
