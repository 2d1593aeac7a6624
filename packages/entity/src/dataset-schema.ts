/** A feature whose cells are numbers. */
export interface NumericFeature {
  readonly kind: "numeric";
  readonly name: string;
  /** The only values allowed; absent when any number is. */
  readonly values?: readonly number[];
  /** Inclusive bounds. */
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A feature whose cells are names of categories. */
export interface CategoricalFeature {
  readonly kind: "categorical";
  readonly name: string;
  /** The only values allowed; absent when any text is. */
  readonly values?: readonly string[];
}

export type FeatureSpec = NumericFeature | CategoricalFeature;

/** One of the two classes: how people call it, and the label's values that mean it. */
export interface ClassSpec {
  readonly name: string;
  /** The label's values of this class, as text; null: every value that the other class does not name. */
  readonly values: readonly string[] | null;
}

/** The label column and its two classes. At most one class has `values: null`. */
export interface LabelSpec {
  readonly column: string;
  readonly positive: ClassSpec;
  readonly negative: ClassSpec;
}

/**
 * What a table must look like, in its normal form: every reading of a schema file (the product's own,
 * or the original's `schema.yaml`) becomes this value.
 */
export interface DatasetSchema {
  /** In the order of the model's inputs. */
  readonly features: readonly FeatureSpec[];
  readonly label: LabelSpec;
  /** Columns that may be there and are not read. */
  readonly ignored: readonly string[];
  /** Cells that count as missing, besides null and the empty cell; compared after trimming. */
  readonly missingMarkers: readonly string[];
  /** Roles that some tables have: names of columns. */
  readonly id?: string;
  readonly time?: string;
  readonly group?: string;
  readonly weight?: string;
}

/** The text of a number as label values, categories and fingerprints are compared: 1, -1, 0.5. */
export function canonicalNumber(value: number): string {
  return Object.is(value, -0) ? "0" : String(value);
}

/** Which class a label's text means: 1 positive, 0 negative, undefined when neither class names it. */
export function classOfLabel(label: LabelSpec, text: string): 0 | 1 | undefined {
  if (label.positive.values?.includes(text)) return 1;
  if (label.negative.values?.includes(text)) return 0;
  if (label.positive.values === null) return 1;
  if (label.negative.values === null) return 0;
  return undefined;
}
