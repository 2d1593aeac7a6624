import { canonicalNumber, normalizeCategory } from "@gillnet/entity";
import type { KeyPath } from "./config-tree.ts";
import type { ClassForm, ColumnForm, DatasetSchemaForm } from "./dataset-schema-form.ts";
import { showValue } from "./describe-allowed.ts";

/** A way in which a dataset schema contradicts itself, and the key whose value does it. */
export interface Contradiction {
  readonly path: KeyPath;
  readonly message: string;
}

const ROLES = ["id", "time", "group", "weight"] as const;

/** The text by which a category, a label's value or a number in a schema is compared with cells. */
export function valueText(value: string | number): string {
  return typeof value === "number" ? canonicalNumber(value) : normalizeCategory(value);
}

/** The cells that count as missing besides null and the empty one: trimmed, each once, sorted. */
export function missingMarkers(missing: DatasetSchemaForm["missing"]): readonly string[] {
  const texts = missing
    .filter((marker) => marker !== null)
    .map((marker) => (typeof marker === "number" ? canonicalNumber(marker) : marker.trim()));
  return [...new Set(texts)].filter((text) => text !== "").sort();
}

/** The columns that have a role, by name: the label and the given ones of id, time, group and weight. */
export function roleColumns(form: DatasetSchemaForm): ReadonlyMap<string, KeyPath> {
  const roles = new Map<string, KeyPath>([[form.label.column, ["label", "column"]]]);
  for (const role of ROLES) {
    const column = form[role];
    if (column !== null && !roles.has(column)) roles.set(column, [role]);
  }
  return roles;
}

/**
 * Every contradiction of a dataset schema: values that mean two things, bounds that exclude all, columns
 * with two roles, no feature left. With `complete`, `columns` lists all columns of the table (as the
 * original's schema.yaml does), so a role must name one of them.
 */
export function checkDatasetSchema(
  form: DatasetSchemaForm,
  complete: boolean,
): readonly Contradiction[] {
  const markers = new Set(missingMarkers(form.missing));
  const contradictions = [
    ...Object.entries(form.columns).flatMap(([name, column]) => checkColumn(name, column, markers)),
    ...checkClasses(form, markers),
    ...checkRoles(form, complete),
  ];
  const roles = roleColumns(form);
  const features = Object.entries(form.columns).filter(
    ([name, column]) => column.kind !== "ignored" && !roles.has(name),
  );
  if (features.length === 0)
    contradictions.push({
      path: ["columns"],
      message:
        "No feature is left: columns must name at least one besides the label and the other roles",
    });
  return contradictions;
}

function checkColumn(
  name: string,
  column: ColumnForm,
  markers: ReadonlySet<string>,
): readonly Contradiction[] {
  const { kind, values, minimum, maximum } = column;
  const found: Contradiction[] = [];
  const report = (key: string, message: string): void => {
    found.push({ path: ["columns", name, key], message: `'${name}' ${message}` });
  };
  const bound = minimum !== undefined ? "minimum" : maximum !== undefined ? "maximum" : undefined;
  if (kind === "ignored") {
    const rule = values !== undefined ? "values" : bound;
    if (rule !== undefined) report(rule, `is ignored, so its ${rule} would never be checked`);
    return found;
  }
  if (kind === "categorical" && bound !== undefined)
    report(bound, `is categorical; only numeric columns have a ${bound}`);
  if (values !== undefined && bound !== undefined)
    report(bound, `has both values and a ${bound}; keep one of the two`);
  if (minimum !== undefined && maximum !== undefined && minimum > maximum)
    report("minimum", `has the minimum ${minimum} above its maximum ${maximum}`);
  if (kind === "numeric")
    for (const [i, value] of (values ?? []).entries())
      if (typeof value !== "number")
        found.push({
          path: ["columns", name, "values", i],
          message: `'${name}' is numeric; its values must be numbers, got ${showValue(value)}`,
        });
  found.push(...checkValues(["columns", name, "values"], `'${name}'`, values ?? [], markers));
  return found;
}

/** Values given twice, and values that no cell can have because such a cell counts as missing. */
function checkValues(
  path: KeyPath,
  owner: string,
  values: readonly (string | number)[],
  markers: ReadonlySet<string>,
): readonly Contradiction[] {
  const found: Contradiction[] = [];
  const seen = new Set<string>();
  for (const [i, value] of values.entries()) {
    const text = valueText(value);
    if (seen.has(text))
      found.push({
        path: [...path, i],
        message: `${owner} has the value ${showValue(value)} twice`,
      });
    else if (text === "" || markers.has(text))
      found.push({
        path: [...path, i],
        message: `${owner} has the value ${showValue(value)}, but such a cell counts as missing`,
      });
    seen.add(text);
  }
  return found;
}

function checkClasses(
  { label }: DatasetSchemaForm,
  markers: ReadonlySet<string>,
): readonly Contradiction[] {
  const { positive, negative } = label;
  const check = (key: string, { name, values }: ClassForm): readonly Contradiction[] =>
    checkValues(["label", key, "values"], `The class '${name}'`, values ?? [], markers);
  const found = [...check("positive", positive), ...check("negative", negative)];
  if (positive.name === negative.name)
    found.push({
      path: ["label", "negative", "name"],
      message: `Both classes are called '${positive.name}'`,
    });
  if (positive.values === null && negative.values === null)
    found.push({
      path: ["label"],
      message: `Neither '${positive.name}' nor '${negative.name}' has values; at least one class must say which values of '${label.column}' mean it`,
    });
  const positiveTexts = new Set(positive.values?.map(valueText));
  for (const [i, value] of (negative.values ?? []).entries())
    if (positiveTexts.has(valueText(value)))
      found.push({
        path: ["label", "negative", "values", i],
        message: `The value ${showValue(value)} means both '${positive.name}' and '${negative.name}'`,
      });
  return found;
}

function checkRoles(form: DatasetSchemaForm, complete: boolean): readonly Contradiction[] {
  const found: Contradiction[] = [];
  const taken = new Map<string, string>();
  const columns = Object.keys(form.columns);
  const roles = [
    { role: "label", path: ["label", "column"], column: form.label.column },
    ...ROLES.map((role) => ({ role, path: [role], column: form[role] })),
  ];
  for (const { role, path, column } of roles) {
    if (column === null) continue;
    const other = taken.get(column);
    if (other !== undefined)
      found.push({ path, message: `'${column}' cannot be both the ${other} and the ${role}` });
    taken.set(column, role);
    if (form.columns[column]?.kind === "ignored")
      found.push({ path, message: `'${column}' is the ${role} and cannot be ignored as well` });
    if (Object.hasOwn(form.columns, column)) continue;
    // A label that stays among the features under another spelling would be a perfect predictor.
    const twin = columns.find((name) => name.toLowerCase() === column.toLowerCase());
    if (twin !== undefined)
      found.push({
        path,
        message: `The ${role} is '${column}' but columns has '${twin}'; write both the same way`,
      });
    else if (complete)
      found.push({ path, message: `The ${role} '${column}' is not among the columns` });
  }
  return found;
}
