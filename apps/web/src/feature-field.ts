import type { Feature, NumericFeature } from "./api-types.ts";

/** How a person gives one value of a row by hand. */
export interface FeatureField {
  readonly name: string;
  /** The values to choose from; null: the value is typed. */
  readonly options: readonly string[] | null;
  /** What may be typed; "" where anything may. */
  readonly hint: string;
  readonly isNumeric: boolean;
}

/** Values that are offered as a list to choose from; of more the person types one. */
const MOST_OPTIONS = 200;

export function featureField(feature: Feature): FeatureField {
  const { name } = feature;
  const isNumeric = feature.kind === "numeric";
  const known = isNumeric ? feature.values : (feature.values ?? feature.categories);
  if (known !== undefined && known.length <= MOST_OPTIONS) {
    return { name, options: known.map(String), hint: "", isNumeric };
  }
  return { name, options: null, hint: isNumeric ? rangeText(feature) : "", isNumeric };
}

/**
 * The row that the texts of a form stand for; fields left empty are left out, and so are missing to the
 * model. The API reads text as it reads the cells of a file.
 */
export function rowOfTexts(
  fields: readonly FeatureField[],
  texts: readonly string[],
): Record<string, string> {
  const given = fields.flatMap(({ name }, index) => {
    const text = (texts[index] ?? "").trim();
    return text === "" ? [] : [[name, text] as const];
  });
  return Object.fromEntries(given);
}

/**
 * The texts of a form for a row of a CSV file; empty where the file has no such column, or a value that
 * can't be chosen.
 */
export function textsOfRow(
  fields: readonly FeatureField[],
  header: readonly string[],
  cells: readonly string[],
): string[] {
  const positions = new Map(header.map((column, position) => [column.trim(), position]));
  return fields.map(({ name, options, isNumeric }) => {
    const cell = (cells[positions.get(name) ?? -1] ?? "").trim();
    if (options === null || cell === "") return cell;
    const isSame = isNumeric
      ? (option: string) => Number(option) === Number(cell)
      : (option: string) => option === cell;
    return options.find(isSame) ?? "";
  });
}

function rangeText({ minimum, maximum }: NumericFeature): string {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `${minimum} or more`;
  return maximum === undefined ? "" : `${maximum} or less`;
}
