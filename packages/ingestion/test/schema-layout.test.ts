import { layoutOf } from "../src/schema-layout.ts";
import { schemaOf } from "./schemas.ts";

test("features first, then label and roles, each once", () => {
  const schema = schemaOf({ id: "Id", time: "When", group: "Kind", weight: "Times" });
  expect(layoutOf(schema)).toEqual({
    columns: [
      { name: "Size", kind: "numeric" },
      { name: "Kind", kind: "categorical" },
      { name: "Label", kind: "categorical" },
      { name: "Id", kind: "categorical" },
      { name: "When", kind: "categorical" },
      { name: "Times", kind: "numeric" },
    ],
    missingMarkers: ["NA"],
  });
});

test("names that ingestion adds itself are refused", () => {
  expect(() => layoutOf(schemaOf({ id: "__group" }))).toThrow(
    expect.objectContaining({ code: "INGESTION_RESERVED_COLUMN" }),
  );
});
