import type { TensorData } from "./container.ts";
import { findDistinctDoubles } from "./distinct-doubles.ts";
import type { DistinctDoubles } from "./distinct-doubles.ts";
import { narrowestDtype, sizeOf } from "./dtypes.ts";
import type { Dtype } from "./dtypes.ts";

export type IntegerArray = Int32Array | Uint8Array | Uint32Array;

/** A vector of integers in the narrowest type that holds them all, signed only when one is negative. */
export function packIntegers(name: string, values: IntegerArray): TensorData {
  return { name, dtype: integerDtype(values), shape: [values.length], values };
}

/** The narrowest type that holds all values. */
export function integerDtype(values: IntegerArray): Dtype {
  let minimum = 0;
  let maximum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  // No array of these three types holds both a negative value and one of 2^31 or more.
  return narrowestDtype(minimum, maximum) as Dtype;
}

/** How an array of doubles is stored. */
export type DoubleForm =
  | { readonly kind: "integers"; readonly dtype: Dtype }
  | ({ readonly kind: "table"; readonly indexDtype: Dtype } & DistinctDoubles)
  | { readonly kind: "doubles" };

/**
 * Doubles, without loss, in the form that `chooseForm` says: `name` as integers, `name.table` and
 * `name.index`, or `name` as doubles.
 *
 * @param shape of `values`; default one length.
 */
export function packDoubles(
  name: string,
  values: Float64Array,
  shape: readonly number[] = [values.length],
): readonly TensorData[] {
  const form = chooseForm(values);
  if (form.kind === "integers") return [{ name, dtype: form.dtype, shape, values }];
  if (form.kind === "doubles") return [{ name, dtype: "f64", shape, values }];
  const { table, index, indexDtype } = form;
  return [
    { name: `${name}.table`, dtype: "f64", shape: [table.length], values: table },
    { name: `${name}.index`, dtype: indexDtype, shape, values: index },
  ];
}

/**
 * The one form in which an array of doubles is stored, the first of these that fits:
 * 1. integers of the narrowest type, when all are whole numbers that 32 bits hold;
 * 2. a table of the distinct values, ascending, NaN last, and an index into it for each value, when both
 *    together take fewer bytes than the doubles;
 * 3. doubles.
 * One -0 is enough for form 3: the other two would lose its sign or its place.
 */
export function chooseForm(values: Float64Array): DoubleForm {
  const integers = wholeDtype(values);
  if (integers !== undefined) return { kind: "integers", dtype: integers };
  if (values.some((value) => Object.is(value, -0))) return { kind: "doubles" };
  // Past this many not even an index of one byte pays: most continuous columns stop early here.
  const distinct = findDistinctDoubles(values, Math.floor((values.length * 7) / 8));
  if (distinct === null) return { kind: "doubles" };
  const { length } = distinct.table;
  const indexDtype = narrowestDtype(0, length - 1) ?? "u32";
  const bytes = length * 8 + values.length * sizeOf(indexDtype);
  return bytes < values.length * 8
    ? { kind: "table", ...distinct, indexDtype }
    : { kind: "doubles" };
}

/** The narrowest integer type that holds all values; undefined when one is not whole, or is -0, or too large. */
function wholeDtype(values: Float64Array): Dtype | undefined {
  let minimum = 0;
  let maximum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isInteger(value) || Object.is(value, -0)) return undefined;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  return narrowestDtype(minimum, maximum);
}
