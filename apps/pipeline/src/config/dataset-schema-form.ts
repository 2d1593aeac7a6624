import type { JsonSchema } from "./json-schema.ts";

const columnName: JsonSchema = { type: "string", minLength: 1 };

const classSchema = (meaning: string): JsonSchema => ({
  type: "object",
  description: meaning,
  additionalProperties: false,
  required: ["name"],
  properties: {
    name: { type: "string", minLength: 1, description: "What people call the class" },
    values: {
      type: ["array", "null"],
      items: { type: ["string", "number"] },
      minItems: 1,
      default: null,
      description: "The label's values that mean it; null: all that the other class does not name",
    },
  },
});

const roleSchema = (meaning: string): JsonSchema => ({
  type: ["string", "null"],
  minLength: 1,
  default: null,
  description: meaning,
});

/** A dataset schema in its own form, with the shorthands already written out. */
export const datasetSchemaForm: JsonSchema = {
  type: "object",
  description: "What the columns of the table are",
  additionalProperties: false,
  required: ["columns", "label"],
  properties: {
    columns: {
      type: "object",
      description:
        "The columns by name, features in the order of the model's inputs; 'name: numeric' is short for 'name: { kind: numeric }'",
      additionalProperties: {
        type: "object",
        description: "One column",
        additionalProperties: false,
        required: ["kind"],
        properties: {
          kind: {
            type: "string",
            enum: ["numeric", "categorical", "ignored"],
            description: "Numbers, names of categories, or not read at all",
          },
          values: {
            type: "array",
            items: { type: ["string", "number"] },
            minItems: 1,
            description: "The only values allowed; any when not given",
          },
          minimum: { type: "number", description: "Smallest value allowed of a numeric column" },
          maximum: { type: "number", description: "Largest value allowed of a numeric column" },
        },
      },
    },
    missing: {
      type: "array",
      items: { type: ["string", "number", "null"] },
      default: ["NA", "na", "NaN", "?"],
      description: "Cells that count as missing, besides null and the empty cell",
    },
    label: {
      type: "object",
      description: "What is to be predicted",
      additionalProperties: false,
      required: ["column", "positive", "negative"],
      properties: {
        column: { ...columnName, description: "The label's column" },
        positive: classSchema("The class to catch: recall, precision and F1 are about it"),
        negative: classSchema("The other class"),
      },
    },
    id: roleSchema("Column that names a row; no feature"),
    time: roleSchema("Column that says when a row was seen; no feature"),
    group: roleSchema("Column whose equal values must never straddle train and test; no feature"),
    weight: roleSchema("Column of how many rows a row stands for; no feature"),
  },
};

/** A column as `datasetSchemaForm` lets it through. */
export interface ColumnForm {
  readonly kind: "numeric" | "categorical" | "ignored";
  readonly values?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface ClassForm {
  readonly name: string;
  readonly values: readonly (string | number)[] | null;
}

/** What `datasetSchemaForm` lets through, with its defaults. */
export interface DatasetSchemaForm {
  readonly columns: Readonly<Record<string, ColumnForm>>;
  readonly missing: readonly (string | number | null)[];
  readonly label: {
    readonly column: string;
    readonly positive: ClassForm;
    readonly negative: ClassForm;
  };
  readonly id: string | null;
  readonly time: string | null;
  readonly group: string | null;
  readonly weight: string | null;
}
