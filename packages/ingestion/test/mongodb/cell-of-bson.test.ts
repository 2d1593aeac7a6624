import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  ObjectId,
  Timestamp,
  UUID,
} from "mongodb";

import { cellOfBson } from "../../src/mongodb/cell-of-bson.ts";

test.each([
  ["text", "a ", "a "],
  ["a number", 1.5, 1.5],
  ["a boolean", false, false],
  ["null", null, null],
  ["nothing", undefined, undefined],
  ["Int32", new Int32(-1), -1],
  ["Double", new Double(0.5), 0.5],
  ["a Long beyond doubles", Long.fromString("9007199254740993"), "9007199254740993"],
  ["Decimal128", Decimal128.fromString("1.50"), "1.50"],
  ["Decimal128 that is none", Decimal128.fromString("NaN"), null],
  ["an infinite Decimal128", Decimal128.fromString("-Infinity"), -Infinity],
  ["an ObjectId", new ObjectId("64b7f0c2a1b2c3d4e5f60718"), "64b7f0c2a1b2c3d4e5f60718"],
  [
    "a UUID",
    new UUID("123e4567-e89b-42d3-a456-426614174000"),
    "123e4567-e89b-42d3-a456-426614174000",
  ],
  ["a date", new Date(86_400_000), "1970-01-02T00:00:00.000Z"],
])("%s is a cell", (_name, value, cell) => {
  expect(cellOfBson(value)).toBe(cell);
});

test.each([
  ["Is a list", [1, "a"], '[1,"a"]'],
  ["Is a document", { a: 1 }, '{"a":1}'],
  ["Is binary", new Binary(new Uint8Array([1])), expect.any(String)],
  ["Is no date", new Date(Number.NaN), "null"],
  ["Is of the BSON type Timestamp", new Timestamp(1n), expect.any(String)],
  ["Is of the BSON type BSONRegExp", new BSONRegExp("a"), expect.any(String)],
  ["Is of the BSON type Code", new Code("a"), expect.any(String)],
  ["Is of the BSON type MaxKey", new MaxKey(), expect.any(String)],
])("%s, so it is none", (reason, value, text) => {
  expect(cellOfBson(value)).toEqual({ reason, text });
});
