import { findColumn } from "@gillnet/entity";
import type { CategoricalColumn, RowMajorF64, Table } from "@gillnet/entity";
import { bundleError } from "./bundle-error.ts";
import type { InputFeature } from "./bundle.ts";
import { findCategory } from "./find-category.ts";

/**
 * Encodes a table for training: the columns of `features`, in their order. Numbers stay (-0 becomes 0),
 * categories become their codes in the feature, missing cells and categories outside the feature NaN.
 *
 * @returns table.rowCount rows, a matrix of its own.
 * @throws PipelineError BUNDLE_TABLE_COLUMN when a column is not there or is of the other kind.
 */
export function encodeTable(features: readonly InputFeature[], table: Table): RowMajorF64 {
  const rows = table.rowCount;
  const cols = features.length;
  const data = new Float64Array(rows * cols);
  features.forEach((feature, index) => {
    const column = findColumn(table, feature.name);
    if (column?.kind === "numeric" && feature.kind === "numeric") {
      const { values } = column;
      for (let row = 0; row < rows; row++) data[row * cols + index] = (values[row] as number) + 0;
    } else if (column?.kind === "categorical" && feature.kind === "categorical") {
      const codes = codesOf(feature.categories, column);
      for (let row = 0; row < rows; row++) {
        const code = column.codes[row] as number;
        data[row * cols + index] = code < 0 ? NaN : (codes[code] as number);
      }
    } else {
      throw bundleError(
        "BUNDLE_TABLE_COLUMN",
        `The table must have a ${feature.kind} column '${feature.name}', got ${column === undefined ? "none" : `a ${column.kind} one`}`,
        { details: { column: feature.name } },
      );
    }
  });
  return { data, rows, cols };
}

/** For each category of the column its code in the feature, or NaN. */
function codesOf(categories: readonly string[], column: CategoricalColumn): Float64Array {
  return Float64Array.from(column.categories, (category) => {
    const code = findCategory(categories, category);
    return code < 0 ? NaN : code;
  });
}
