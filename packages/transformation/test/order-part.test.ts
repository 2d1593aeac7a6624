import type { DatasetSchema } from "@gillnet/entity";
import { orderPart } from "../src/order-part.ts";
import { ingestedPart } from "./ingested-part.ts";

const SCHEMA: DatasetSchema = {
  features: [],
  label: {
    column: "y",
    positive: { name: "spam", values: ["1"] },
    negative: { name: "ham", values: ["0"] },
  },
  ignored: [],
  missingMarkers: [],
};

test("orders by features, then label, then weight, then source row, and keeps rows together", () => {
  const part = ingestedPart(SCHEMA, ["1", "0", "1", "0", "0", "1"], [], [2, 1, 1, 5, 1, 2]);
  const encoded = { data: Float64Array.of(7, 7, 7, NaN, 3, 7), rows: 6, cols: 1 };
  const ordered = orderPart(part, encoded);
  expect([...ordered.inputs.data]).toEqual([3, 7, 7, 7, 7, NaN]);
  expect([...ordered.classes]).toEqual([0, 0, 1, 1, 1, 0]);
  expect([...ordered.weights]).toEqual([1, 1, 1, 2, 2, 5]);
  expect(ordered.provenance).toEqual({
    data: Float64Array.of(5, 104, 1, 2, 101, 1, 3, 102, 1, 1, 100, 2, 6, 105, 2, 4, 103, 5),
    rows: 6,
    cols: 3,
  });
  expect([...encoded.data]).toEqual([7, 7, 7, NaN, 3, 7]);
});
