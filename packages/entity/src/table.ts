/** A column of numbers. Missing is NaN. */
export interface NumericColumn {
  readonly kind: "numeric";
  readonly name: string;
  /** One value a row. */
  readonly values: Float64Array;
}

/** A column of text values, dictionary-encoded. Missing is code -1. */
export interface CategoricalColumn {
  readonly kind: "categorical";
  readonly name: string;
  /** One index into `categories` a row, or -1. */
  readonly codes: Int32Array;
  /** Distinct values, sorted by UTF-16 code unit, none missing. */
  readonly categories: readonly string[];
}

export type Column = NumericColumn | CategoricalColumn;

/** Named columns of equal length, held in memory. Column names are distinct. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rowCount: number;
}

/** The column called `name`, or undefined. */
export function findColumn(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

/** A cell as a plain value: number, text, or null when missing. */
export function cellValue(column: Column, row: number): number | string | null {
  if (column.kind === "numeric") {
    const value = column.values[row];
    return value === undefined || Number.isNaN(value) ? null : value;
  }
  const code = column.codes[row];
  return code === undefined || code < 0 ? null : (column.categories[code] ?? null);
}

/** A new table with the given rows, in the given order. Copies the cells, shares the dictionaries. */
export function takeRows(table: Table, rows: ArrayLike<number>): Table {
  const count = rows.length;
  const columns = table.columns.map((column): Column => {
    if (column.kind === "numeric") {
      const values = new Float64Array(count);
      for (let i = 0; i < count; i++) values[i] = column.values[rows[i] as number] as number;
      return { kind: "numeric", name: column.name, values };
    }
    const codes = new Int32Array(count);
    for (let i = 0; i < count; i++) codes[i] = column.codes[rows[i] as number] as number;
    return { kind: "categorical", name: column.name, codes, categories: column.categories };
  });
  return { columns, rowCount: count };
}
