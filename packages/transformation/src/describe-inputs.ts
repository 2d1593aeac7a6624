import { canonicalNumber, findColumn, parseNumber } from "@gillnet/entity";
import type { ClassSpec, DatasetSchema, FeatureSpec, Table } from "@gillnet/entity";
import type { BundleClass, FittedInputs, InputFeature } from "@gillnet/model-bundle";
import type { IngestedPart } from "@gillnet/table";

/**
 * The model's input columns: the schema's features, a categorical one with the categories that occur in
 * the training part. What occurs only elsewhere reads as missing from then on.
 */
export function describeFeatures(
  features: readonly FeatureSpec[],
  train: Table,
): readonly InputFeature[] {
  return features.map((feature): InputFeature => {
    if (feature.kind === "numeric") return feature;
    return { ...feature, categories: occurringCategories(train, feature.name) };
  });
}

/** How predictions name the classes: by the label's own value where one value means the class, else by name. */
export function describeClasses(
  schema: DatasetSchema,
  train: IngestedPart,
): FittedInputs["classes"] {
  const { codes, categories } = train.labels;
  const codesOf = [new Set<number>(), new Set<number>()] as const;
  codes.forEach((code, row) => codesOf[train.classes[row] as 0 | 1].add(code));
  const valuesOf = codesOf.map((set) => Array.from(set, (code) => categories[code] as string));
  return {
    negative: describeClass(schema.label.negative, valuesOf[0] ?? []),
    positive: describeClass(schema.label.positive, valuesOf[1] ?? []),
  };
}

/** A class that takes every other value is meant by the values that occur. */
function describeClass(spec: ClassSpec, occurring: readonly string[]): BundleClass {
  const values = spec.values ?? occurring;
  const [value] = values;
  if (values.length !== 1 || value === undefined) return { name: spec.name, label: spec.name };
  const number = parseNumber(value);
  const isNumber = number !== undefined && canonicalNumber(number) === value;
  return { name: spec.name, label: isNumber ? number : value };
}

/** The column's dictionary without the entries that no row of this part uses. Stays sorted. */
function occurringCategories(table: Table, name: string): readonly string[] {
  const column = findColumn(table, name);
  if (column?.kind !== "categorical") return [];
  const used = new Uint8Array(column.categories.length);
  for (const code of column.codes) if (code >= 0) used[code] = 1;
  return column.categories.filter((_, code) => used[code] === 1);
}
