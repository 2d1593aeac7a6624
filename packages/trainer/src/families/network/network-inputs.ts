import type { RowMajorF64 } from "@gillnet/entity";
import type { InputFeature, NetworkModel } from "@gillnet/model-bundle";

import { columnMoments } from "./column-moments.ts";

/** How columns become the units of a network's first layer, as in NetworkModel. */
export type NetworkInputs = Pick<NetworkModel, "unitStart" | "center" | "scale" | "unitValue">;

/** A numeric column with at most this many values has a unit a value, which asks nothing of their order. */
const MOST_VALUES = 16;

/**
 * Chooses the units: one a category, one a value of a numeric column of few values, else one with mean 0 and
 * standard deviation 1. A numeric column that is always missing has none.
 *
 * @param rows those that take part
 * @param weight one a row of `x`
 */
export function networkInputs(
  x: RowMajorF64,
  features: readonly InputFeature[],
  rows: Int32Array,
  weight: Float64Array,
): NetworkInputs {
  const unitStart = new Int32Array(features.length + 1);
  const center = new Float64Array(features.length);
  const scale = new Float64Array(features.length);
  const unitValue: number[] = [];
  features.forEach((feature, column) => {
    if (feature.kind === "categorical") {
      for (let code = 0; code < feature.categories.length; code++) unitValue.push(0);
    } else {
      const values = fewValues(x, column, rows);
      if (values !== null) {
        unitValue.push(...values);
      } else {
        const [mean, deviation] = columnMoments(x, column, rows, weight);
        // A column whose squares vanish or overflow has no unit that single precision could hold.
        if (deviation > 0 && deviation < Infinity) {
          center[column] = mean;
          scale[column] = deviation;
          unitValue.push(0);
        }
      }
    }
    unitStart[column + 1] = unitValue.length;
  });
  return { unitStart, center, scale, unitValue: Float64Array.from(unitValue) };
}

/** The values of a column, ascending; null when there are more than MOST_VALUES. */
function fewValues(x: RowMajorF64, column: number, rows: Int32Array): readonly number[] | null {
  const values = new Set<number>();
  for (const row of rows) {
    const value = x.data[row * x.cols + column] as number;
    if (!Number.isNaN(value)) values.add(value);
    if (values.size > MOST_VALUES) return null;
  }
  return [...values].sort((a, b) => a - b);
}

/**
 * OUT `units`: the units of each of `rows`, one row after the other. Missing cells and values without a unit are 0.
 */
export function fillUnits(
  { unitStart, center, scale, unitValue }: NetworkInputs,
  features: readonly InputFeature[],
  x: RowMajorF64,
  rows: Int32Array,
  units: Float32Array,
): void {
  const { data, cols } = x;
  const width = unitValue.length;
  units.fill(0, 0, rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    for (let column = 0; column < cols; column++) {
      const value = data[row * cols + column] as number;
      if (Number.isNaN(value)) continue;
      const start = unitStart[column] as number;
      const spread = scale[column] as number;
      if (features[column]?.kind === "categorical") {
        units[i * width + start + value] = 1;
      } else if (spread > 0) {
        units[i * width + start] = (value - (center[column] as number)) / spread;
      } else {
        const end = unitStart[column + 1] as number;
        for (let unit = start; unit < end; unit++) {
          if (unitValue[unit] === value) units[i * width + unit] = 1;
        }
      }
    }
  }
}
