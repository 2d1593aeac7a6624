import type { DatasetSchema } from "@gillnet/entity";

/** A schema of two features, Size (a number) and Kind, and a label that is yes or no. */
export function schemaOf(changes: Partial<DatasetSchema> = {}): DatasetSchema {
  return {
    features: [
      { kind: "numeric", name: "Size" },
      { kind: "categorical", name: "Kind" },
    ],
    label: {
      column: "Label",
      positive: { name: "spam", values: ["yes"] },
      negative: { name: "ham", values: ["no"] },
    },
    ignored: [],
    missingMarkers: ["NA"],
    ...changes,
  };
}
