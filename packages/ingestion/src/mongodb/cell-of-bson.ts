import type { CellValue } from "@gillnet/table";

/** What the driver makes of BSON types that JavaScript has none for. */
interface BsonObject {
  readonly _bsontype: string;
  readonly sub_type?: number;
  readonly value?: unknown;
  toString(): string;
}

/** A UUID, by its subtype of Binary. */
const UUID = 4;

/**
 * A document's value as a cell: numbers of every BSON type (Long and Decimal128 as text, which keeps all of
 * their digits), booleans, text, null; object ids, UUIDs and dates as text. Lists, documents and all other
 * types are no cells.
 */
export function cellOfBson(value: unknown): CellValue {
  if (value === null || value === undefined) return value;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  if (Array.isArray(value)) return noCell(value, "Is a list");
  if (value instanceof Date || Object.prototype.toString.call(value) === "[object Date]") {
    const date = value as Date;
    return Number.isNaN(date.getTime()) ? noCell(value, "Is no date") : date.toISOString();
  }
  const { _bsontype: type } = value as BsonObject;
  return type === undefined ? noCell(value, "Is a document") : cellOfType(value as BsonObject);
}

function cellOfType(value: BsonObject): CellValue {
  switch (value._bsontype) {
    case "Int32":
    case "Double":
      return value.value as number;
    case "Long":
    case "ObjectId":
      return value.toString();
    case "Decimal128": {
      const text = value.toString();
      if (text === "NaN") return null;
      return text.endsWith("Infinity") ? Number(text) : text;
    }
    case "Binary":
      if (value.sub_type === UUID) return value.toString();
      return noCell(value, "Is binary");
    default:
      return noCell(value, `Is of the BSON type ${value._bsontype}`);
  }
}

function noCell(value: unknown, reason: string): CellValue {
  return { text: JSON.stringify(value) ?? String(value), reason };
}
